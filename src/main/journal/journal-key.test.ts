import { mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadJournalKey, type SecretStore } from './journal-key.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'ringside-key-'));
const keyring = (open: boolean): SecretStore => ({
  available: () => open,
  encrypt: (text) => Buffer.from(text).map((byte) => byte ^ 0x5a),
  decrypt: (sealed) => {
    if (!open) throw new Error('locked');
    return Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString();
  },
});

test('the key is kept, sealed where the system can', () => {
  const place = folder();
  const first = loadJournalKey(place, keyring(true));
  expect(loadJournalKey(place, keyring(true))).toEqual(first);
  expect(readdirSync(place)).toEqual(['journal.key.sealed']);
  const sealed = readFileSync(join(place, 'journal.key.sealed'), 'latin1');
  expect(first.ok && sealed.includes(Buffer.from(first.value).toString('latin1'))).toBe(false);
});

test('without a keyring it lies in the profile, for its user alone', () => {
  const place = folder();
  const first = loadJournalKey(place, keyring(false));
  expect(loadJournalKey(place, keyring(false))).toEqual(first);
  expect(statSync(join(place, 'journal.key')).mode & 0o777).toBe(0o600);
});

test('while the keyring is locked no second key is made', () => {
  const place = folder();
  loadJournalKey(place, keyring(true));
  expect(loadJournalKey(place, keyring(false)).ok).toBe(false);
  expect(readdirSync(place)).toEqual(['journal.key.sealed']);
});
