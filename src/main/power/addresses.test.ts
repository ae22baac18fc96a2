import { expect, test } from 'vitest';
import { followAddresses } from './addresses.ts';

const wired = '192.0.2.10';
const wireless = '192.0.2.20';

test('what became of the addresses is told once', () => {
  const look = followAddresses([wired]);
  expect(look([wired])).toBe('none');
  expect(look([wired, wireless])).toBe('more');
  expect(look([wireless])).toBe('moved');
  expect(look([wireless])).toBe('none');
});

test('a network that was away for a while and came back is the same one, or another', () => {
  const look = followAddresses([wired]);
  expect(look([])).toBe('gone');
  expect(look([])).toBe('none');
  expect(look([wired])).toBe('more');
  expect(look([])).toBe('gone');
  expect(look([wireless])).toBe('moved');
});
