import { expect, test } from 'vitest';
import { isThisMachine, linkIn, preferredLanguage, readCommandLine } from './command-line.ts';

test('flags are read with a space or an equals sign', () => {
  expect(
    readCommandLine(
      ['electron', '.', '--backend', 'http://a', '--profile=/p', '--lang', 'pt-BR'],
      {},
    ),
  ).toEqual({
    backendUrl: 'http://a',
    profileDir: '/p',
    language: 'pt',
    link: null,
    updates: null,
  });
});

test('a flag wins over the environment, and one without a value says nothing', () => {
  const environment = { RINGSIDE_BACKEND_URL: 'http://env' };
  expect(readCommandLine(['--backend', 'http://flag'], environment).backendUrl).toBe('http://flag');
  expect(readCommandLine(['--backend', '--profile'], environment)).toEqual({
    backendUrl: 'http://env',
    profileDir: null,
    language: null,
    link: null,
    updates: null,
  });
});

test('the language is the first of the system that the program speaks', () => {
  expect(preferredLanguage(['de-DE', 'es-MX', 'en-US'])).toBe('es');
  expect(preferredLanguage(['de-DE'])).toBe('en');
});

test.each([
  ['http://127.0.0.1:8640', true],
  ['http://localhost:8640/', true],
  ['https://[::1]:8640', true],
  ['https://127.0.0.1.example.com', false],
  ['https://desk.example.com', false],
  ['not an address', false],
])('%s is on this machine: %s', (address, expected) => {
  expect(isThisMachine(address)).toBe(expected);
});

test('of several phone links the last one counts, and nothing else is one', () => {
  expect(linkIn(['ringside', 'tel:112', '--profile', 'x', 'SIP:1001@pbx'])).toBe('SIP:1001@pbx');
  expect(linkIn(['ringside', 'tel:112', 'ringside://contact/1'])).toBe('ringside://contact/1');
  expect(linkIn(['ringside', '--tel:112', 'https://example.com/tel:112'])).toBeNull();
});
