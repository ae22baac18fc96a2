import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { createBodyCipher, keyBytes } from './body-cipher.ts';
import { openJournal, openMemoryJournal, type Journal } from './journal.ts';
import { loadJournalKey, type SecretStore } from './journal-key.ts';

/* eslint-disable @typescript-eslint/no-deprecated -- the successors of these are not in Electron 33, which must do too */
const systemSecrets: SecretStore = {
  available: () =>
    safeStorage.isEncryptionAvailable() &&
    // Without a keyring Linux "encrypts" with a password that everybody knows.
    (process.platform !== 'linux' || !isBasic(safeStorage.getSelectedStorageBackend())),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
};
/* eslint-enable @typescript-eslint/no-deprecated */

const isBasic = (backend: string): boolean => backend === 'basic_text' || backend === 'unknown';

/** The journal of the profile in `folder`. */
export const openProfileJournal = (folder: string, at: number): Journal => {
  const key = loadJournalKey(folder, systemSecrets);
  return key.ok
    ? openJournal(join(folder, 'journal.sqlite'), createBodyCipher(key.value), at)
    : openMemoryJournal(key.why, createBodyCipher(randomBytes(keyBytes)));
};
