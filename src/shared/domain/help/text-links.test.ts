import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textParts } from './text-links.ts';

const ofCentre = (address: string): boolean => address.startsWith('https://kb.example.com/');

test('an address of the centre is a link without the full stop behind it; any other stays text', () => {
  expect(
    textParts(
      'See https://kb.example.com/wifi. Not https://evil.example/x, nor http://kb.example.com/',
      ofCentre,
    ),
  ).toEqual([
    { kind: 'text', text: 'See ' },
    { kind: 'link', text: 'https://kb.example.com/wifi' },
    { kind: 'text', text: '. Not https://evil.example/x, nor http://kb.example.com/' },
  ]);
});

test('nothing that was written is lost or added', () => {
  const word = fc.constantFrom(
    'a',
    ' ',
    '\n',
    'https://kb.example.com/a',
    'https://x',
    '.',
    ')',
    '"',
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join('');
      expect(
        textParts(text, ofCentre)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
