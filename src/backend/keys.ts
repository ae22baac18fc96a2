import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keyBytes = 32;

/** 32 bytes in base64 or hexadecimal, as `openssl rand -base64 32` prints them; null: this is no key. */
export const readKey = (text: string): Buffer | null => {
  const given = text.trim();
  if (/^[0-9a-f]{64}$/iu.test(given)) return Buffer.from(given, 'hex');
  const bytes = Buffer.from(given, 'base64');
  return /^[\w+/-]{43}=?$/u.test(given) && bytes.length === keyBytes ? bytes : null;
};

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : null;

const pathOf = (dataPath: string, name: string): string => join(dataPath, 'keys', name);

/** A key that the data folder has; null: it has none. */
export const findKey = (dataPath: string, name: string): Buffer | null => {
  try {
    return readKey(readFileSync(pathOf(dataPath, name), 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/** A key that nobody gave: made once, and kept in the data folder for its owner's eyes only. */
export const keptKey = (dataPath: string, name: string): Buffer => {
  const path = pathOf(dataPath, name);
  mkdirSync(join(dataPath, 'keys'), { recursive: true, mode: 0o700 });
  try {
    // Of two processes that start together one makes it, and both read it.
    writeFileSync(path, `${randomBytes(keyBytes).toString('base64')}\n`, {
      flag: 'wx',
      mode: 0o600,
    });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const key = findKey(dataPath, name);
  if (key === null) throw new Error(`${path} holds no key`);
  return key;
};
