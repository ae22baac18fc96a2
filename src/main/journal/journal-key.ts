import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, success, type Result } from '../../shared/result.ts';
import { keyBytes } from './body-cipher.ts';

/** The system's own store of secrets, where there is one (Electron's safeStorage). */
export interface SecretStore {
  /** False where the system offers nothing better than a fixed password. */
  available(): boolean;
  encrypt(text: string): Uint8Array;
  decrypt(sealed: Uint8Array): string;
}

/**
 * The journal's key: kept in the profile, sealed by the system's secret store. Without such a store the key lies beside
 * the journal, readable by this user only. Refused when a sealed key cannot be opened now: the journal must not be
 * written with another one.
 */
export const loadJournalKey = (
  folder: string,
  secrets: SecretStore,
): Result<Uint8Array, string> => {
  const sealedPath = join(folder, 'journal.key.sealed');
  const plainPath = join(folder, 'journal.key');
  try {
    if (existsSync(sealedPath)) {
      return checked(Buffer.from(secrets.decrypt(readFileSync(sealedPath)), 'base64'));
    }
    if (existsSync(plainPath)) return checked(readFileSync(plainPath));
    const key = randomBytes(keyBytes);
    if (secrets.available()) writeWhole(sealedPath, secrets.encrypt(key.toString('base64')));
    else writeWhole(plainPath, key);
    return success(key);
  } catch (thrown) {
    return failure(`The journal's key: ${String(thrown)}`);
  }
};

const checked = (key: Uint8Array): Result<Uint8Array, string> =>
  key.length === keyBytes ? success(key) : failure("The journal's key is damaged");

const writeWhole = (path: string, bytes: Uint8Array): void => {
  writeFileSync(`${path}.new`, bytes, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
};
