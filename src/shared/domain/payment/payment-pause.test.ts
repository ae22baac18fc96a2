import { expect, test } from 'vitest';
import { isPagePattern, isPaymentPage, isWholeAddress } from './payment-page.ts';
import { isNumberKeyedIn, keyPressed, silenceOf, type KeysPressed } from './payment-pause.ts';

test('only a pause that the PBX confirmed, or no recording at all, is silence', () => {
  expect(silenceOf('paused')).toBe('silent');
  expect(silenceOf(null)).toBe('not_recorded');
  expect(silenceOf('stopped')).toBe('not_recorded');
  expect(silenceOf('recording')).toBe('not_confirmed');
  expect(silenceOf('starting')).toBe('not_confirmed');
});

test('a number is keyed in when enough keys follow each other soon', () => {
  const rules = { keypadDigits: 4, quietSeconds: 10 };
  const press = (...times: readonly number[]): boolean => {
    const keys = times.reduce<KeysPressed | null>(
      (before, at) => keyPressed(before, at, rules),
      null,
    );
    return keys !== null && isNumberKeyedIn(keys, rules);
  };
  expect(press(0, 500, 1_000)).toBe(false);
  expect(press(0, 500, 1_000, 11_000)).toBe(true);
  expect(press(0, 500, 1_000, 11_001)).toBe(false);
});

test('where keys are of no account none is a number', () => {
  expect(isNumberKeyedIn({ count: 99, lastAt: 0 }, { keypadDigits: 0 })).toBe(false);
});

test.each([
  ['https://pay.example/*', 'https://pay.example/terminal?order=1', true],
  ['https://pay.example/*/card', 'https://pay.example/eu/7/card', true],
  ['https://pay.example/*/card', 'https://pay.example/eu/7/cards', false],
  ['https://pay.example/card', 'https://pay.example/card', true],
  ['https://pay.example/card', 'https://pay.example/card/2', false],
  ['https://pay.example', 'https://pay.example/', true],
  ['https://pay.example/*', 'http://pay.example/terminal', false],
  ['https://pay.example/*', 'https://pay.example.evil/terminal', false],
  ['https://pay.example/*', 'https://evil.example/?https://pay.example/', false],
])('at %s %s takes cards: %s', (pattern, address, takes) => {
  const { protocol, host, pathname } = new URL(address);
  expect(isPaymentPage([pattern], { protocol, host, path: pathname })).toBe(takes);
});

test('a pattern names a scheme and a whole host', () => {
  expect(isPagePattern('https://*.example/')).toBe(false);
  expect(isPagePattern('http://pay.example/')).toBe(false);
  expect(isWholeAddress('https://pay.example/new')).toBe(true);
  expect(isWholeAddress('https://pay.example/*')).toBe(false);
});
