import { expect, test } from 'vitest';
import { createSay } from './texts.ts';

test('a text follows the language of the settings', () => {
  let language: 'en' | 'es' = 'en';
  const say = createSay(() => language);
  expect(say('tray.end')).toBe('Hang up');
  language = 'es';
  expect(say('tray.end')).toBe('Colgar');
});

test('a name is put in as it is', () => {
  const say = createSay(() => 'pt');
  expect(say('offer.inQueue', { caller: "O'Neill & <b>", queue: 'support' })).toBe(
    "O'Neill & <b> · support",
  );
});
