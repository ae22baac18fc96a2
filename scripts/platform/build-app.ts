import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDirectory } from './paths.ts';
import { Problem } from './problem.ts';
import { runProgram } from './run-program.ts';

/** All that the built app is made of. */
const SOURCES = [
  'electron.vite.config.ts',
  'package-lock.json',
  'package.json',
  'src/main',
  'src/preload',
  'src/renderer',
  'src/shared',
];

const outDirectory = join(repositoryDirectory, 'out');
const stampFile = join(outDirectory, '.built-from');

const filesIn = (path: string): readonly string[] => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
};

const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesIn(join(repositoryDirectory, source)))) {
    hash.update(`${file.slice(repositoryDirectory.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
};

export const isBuilt = (): boolean =>
  existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint();

/** Builds the app from its sources. */
export const buildApp = async (): Promise<void> => {
  const source = fingerprint();
  // An interrupted build leaves no stamp, and is done again.
  rmSync(stampFile, { force: true });
  const { code, output } = await runProgram(
    process.execPath,
    [
      join(repositoryDirectory, 'node_modules/electron-vite/bin/electron-vite.js'),
      'build',
      '--logLevel',
      'warn',
    ],
    { cwd: repositoryDirectory, env: { NODE_ENV: 'production' } },
  );
  if (code !== 0) throw new Problem('The app could not be built.', output.trim());
  writeFileSync(stampFile, source);
};

/** Builds the app unless it is built from just these sources already. */
export const ensureBuilt = async (): Promise<void> => {
  if (!isBuilt()) await buildApp();
};
