import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file at once or not at all. Its owner alone may read it. */
export const writePrivateFile = (path: string, content: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, path);
};

/** Random secrets by name, made once for each data folder and kept there. */
export const keepSecrets = <Name extends string>(
  path: string,
  names: readonly Name[],
): Record<Name, string> => {
  const known = readSecrets(path);
  const secrets: Record<string, string> = { ...known };
  for (const name of names) secrets[name] ??= randomBytes(24).toString('hex');
  if (names.some((name) => known[name] === undefined)) {
    writePrivateFile(path, `${JSON.stringify(secrets)}\n`);
  }
  // Every name was given a value above.
  return secrets;
};

const readSecrets = (path: string): Record<string, string> => {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content !== 'object' || content === null) return {};
    return Object.fromEntries(
      Object.entries(content).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return {}; // none yet
  }
};
