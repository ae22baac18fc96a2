import { expect, test } from 'vitest';
import fc from 'fast-check';
import { remoteText } from './remote-text.ts';

test('keeps names of every script', () => {
  for (const name of ['José Ñandú', 'Łukasz', '山田 太郎', 'محمد', 'Zoë 😀']) {
    expect(remoteText(name)).toBe(name);
  }
});

test('leaves markup as the text that it is', () => {
  expect(remoteText('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
});

test('makes one line of many, without control or direction-changing characters', () => {
  expect(remoteText('Eve\r\nX-Header: 1\u0000')).toBe('Eve X-Header: 1');
  expect(remoteText('abc\u202Egpj.exe\u2066')).toBe('abc gpj.exe');
});

test('is at most 128 characters, never cut inside one', () => {
  expect(Array.from(remoteText('😀'.repeat(500)))).toHaveLength(128);
});

test('any text comes out clean, and cleaning twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const clean = remoteText(text);
      expect(clean).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(remoteText(clean)).toBe(clean);
    }),
  );
});
