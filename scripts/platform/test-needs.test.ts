import { beforeEach, expect, test, vi } from 'vitest';
import { describeMissingNeeds, reasonToSkip } from './test-needs.ts';

const withoutAsterisk = describeMissingNeeds([
  { need: 'Asterisk', why: 'the mirror is away\nSet another one.' },
]);
let printed: string;

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

test('tests run where nothing is missing that they need', () => {
  expect(reasonToSkip(['Electron', 'virtual desk', 'Asterisk'], {}, 'linux')).toBeNull();
  expect(reasonToSkip(['Electron', 'virtual desk'], withoutAsterisk, 'linux')).toBeNull();
  expect(printed).toBe('');
});

test('tests without what they need are skipped, and the reason is printed', () => {
  expect(reasonToSkip(['Electron', 'Asterisk'], withoutAsterisk, 'linux')).toBe(
    'no Asterisk: the mirror is away',
  );
  expect(printed).toContain('TESTS DO NOT RUN, no Asterisk: the mirror is away');
});

test('in CI they fail', () => {
  const env = { ...withoutAsterisk, CI: 'true' };
  expect(() => reasonToSkip(['Asterisk'], env, 'linux')).toThrow('no Asterisk: the mirror is away');
  expect(reasonToSkip(['Electron'], env, 'linux')).toBeNull();
});

test('off Linux the PBX, the screen and the headset of the tests are missing, Electron is not', () => {
  expect(reasonToSkip(['Electron'], {}, 'darwin')).toBeNull();
  expect(reasonToSkip(['Asterisk'], {}, 'darwin')).toContain('darwin');
  expect(reasonToSkip(['virtual desk'], {}, 'win32')).toContain('win32');
});
