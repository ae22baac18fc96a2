import { expect, test } from 'vitest';
import { isTyped, readAccelerator, sameKeys } from './accelerator.ts';

const read = (text: string, mac = false) => {
  const accelerator = readAccelerator(text, mac);
  if (accelerator === null) throw new Error(text);
  return accelerator;
};

test('the same keys are the same under every name', () => {
  expect(sameKeys(read('CommandOrControl+Alt+A'), read('Alt+Ctrl+A'))).toBe(true);
  expect(sameKeys(read('CommandOrControl+Alt+A', true), read('Alt+Command+A', true))).toBe(true);
  expect(sameKeys(read('CommandOrControl+A'), read('CommandOrControl+Shift+A'))).toBe(false);
});

test.each(['', '+', 'A+B', 'Control+', 'Hyper+A', 'Control+F25', 'control+a', 'no such key'])(
  '%j is no combination of keys',
  (text) => {
    expect(readAccelerator(text, false)).toBeNull();
  },
);

test.each([
  ['A', true],
  ['Shift+A', true],
  ['Shift+Left', true],
  ['Space', true],
  ['F9', false],
  ['Shift+F9', false],
  ['Control+A', false],
  ['Alt+A', false],
] as const)('%s swallows what people type: %s', (text, typed) => {
  expect(isTyped(read(text), false)).toBe(typed);
});

test('on a Mac, Alt writes characters', () => {
  expect(isTyped(read('Alt+A', true), true)).toBe(true);
});
