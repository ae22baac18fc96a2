import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockData } from './data-lock.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ringside-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

test('a second start on the same data is told so', () => {
  const unlock = lockData(dataDir);
  expect(() => lockData(dataDir)).toThrow(/already running/);
  unlock();
});

test('data that was let go can be taken again, and nothing is left behind', () => {
  lockData(dataDir)();
  lockData(dataDir)();
  expect(readdirSync(dataDir)).toEqual([]);
});

test.each([
  ['of a process that is gone', '{"pid":2147483646,"startedAt":"","processBirth":""}'],
  [
    'of an earlier process with the id of a living one',
    `{"pid":${process.pid},"startedAt":"","processBirth":"another boot"}`,
  ],
  ['that was cut short', '{"pid":'],
])('a lock %s is no lock', (_, content) => {
  writeFileSync(join(dataDir, 'lock.json'), content);
  const unlock = lockData(dataDir);
  expect(() => lockData(dataDir)).toThrow(/already running/);
  unlock();
});
