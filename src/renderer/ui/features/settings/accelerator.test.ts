import { expect, test } from 'vitest';
import { acceleratorOf } from './accelerator.ts';

const press = (code: string, held: Partial<KeyboardEvent> = {}) => ({
  code,
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('a combination becomes an accelerator', () => {
  expect(acceleratorOf(press('KeyA', { ctrlKey: true, shiftKey: true }))).toBe('Control+Shift+A');
  expect(acceleratorOf(press('F9'))).toBe('F9');
  expect(acceleratorOf(press('ArrowUp', { altKey: true, metaKey: true }))).toBe('Command+Alt+Up');
});

test('a modifier alone and a key without a name are none', () => {
  expect(acceleratorOf(press('ControlLeft', { ctrlKey: true }))).toBeNull();
  expect(acceleratorOf(press('IntlBackslash', { ctrlKey: true }))).toBeNull();
});
