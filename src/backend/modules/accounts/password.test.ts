import { expect, test } from 'vitest';
import { hashPassword, isPassword, nobodysHash } from './password.ts';

test('a password fits its own hash only, and two hashes of it differ', async () => {
  const [one, two] = await Promise.all([hashPassword('Ünïcode 7'), hashPassword('Ünïcode 7')]);
  expect(one).not.toBe(two);
  expect(one).not.toContain('code');
  // The same letters, typed with combining marks.
  expect(await isPassword('Ünïcode 7'.normalize('NFD'), one)).toBe(true);
  expect(await isPassword('Unicode 7', one)).toBe(false);
  expect(await isPassword('', nobodysHash)).toBe(false);
  expect(await isPassword('x', 'garbage')).toBe(false);
});
