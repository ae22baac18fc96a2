import { dirname, join, resolve } from 'node:path';

export const repositoryDirectory = dirname(dirname(import.meta.dirname));

export const resourcesDirectory = join(repositoryDirectory, 'resources');

/** Where what was fetched lives (Electron, Asterisk). It can be deleted at any time and is fetched again. */
export const cacheDirectory = (): string =>
  resolve(process.env['RINGSIDE_CACHE'] ?? join(repositoryDirectory, '.cache'));
