import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../services/end-process.ts';

/** A new folder to work in beside the place where the result goes; what interrupted runs left behind is removed. */
export const openDraft = (cacheDir: string, name: string): string => {
  mkdirSync(cacheDir, { recursive: true });
  for (const entry of readdirSync(cacheDir)) {
    const owner = new RegExp(`^\\.${name}-(\\d+)$`).exec(entry)?.[1];
    if (owner !== undefined && (Number(owner) === process.pid || !isAlive(Number(owner)))) {
      rmSync(join(cacheDir, entry), { recursive: true, force: true });
    }
  }
  const draft = join(cacheDir, `.${name}-${process.pid}`);
  mkdirSync(draft);
  return draft;
};
