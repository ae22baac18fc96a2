import { expect, test } from 'vitest';
import { newDigits } from './digits.ts';

test('typing sends the digit that was added', () => {
  expect(newDigits('12', '123')).toBe('3');
});

test('a paste sends what a telephone can send, and no more than one command takes', () => {
  expect(newDigits('', '+34 (963) 15-22*a#z')).toBe('349631522*A#');
  expect(newDigits('', '1'.repeat(40))).toHaveLength(32);
});

test('what was sent cannot be taken back or changed', () => {
  expect(newDigits('123', '12')).toBe('');
  expect(newDigits('123', '923')).toBe('');
});

test('a digit typed with the caret before what was sent is sent as well', () => {
  expect(newDigits('1984#5', '1984#*5')).toBe('*');
  expect(newDigits('1984#5', '*1984#5')).toBe('*');
  expect(newDigits('55', '555')).toBe('5');
});
