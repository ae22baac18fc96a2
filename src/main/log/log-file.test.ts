import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';

const line = (message: string) =>
  ({ at: 0, level: 'info', area: 'test', message, fields: { callId: 'c' } }) as const;

test('a line is on disk as soon as it is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-log-'));
  openLogFile(folder)(line('hello'));
  expect(JSON.parse(readFileSync(join(folder, 'ringside.log'), 'utf8'))).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    level: 'info',
    area: 'test',
    message: 'hello',
    callId: 'c',
  });
});

test('a full file is rotated and only some are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-log-'));
  const write = openLogFile(folder);
  for (let index = 0; index < 60; index += 1) write(line('x'.repeat(200_000)));
  expect(readdirSync(folder).sort()).toEqual([
    'ringside.1.log',
    'ringside.2.log',
    'ringside.3.log',
    'ringside.log',
  ]);
});

test('a folder that cannot be written costs the line and nothing else', () => {
  expect(() => {
    openLogFile('/dev/null/logs')(line('lost'));
  }).not.toThrow();
});
