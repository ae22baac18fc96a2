import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNumber } from './find-number.ts';
import { readPhoneLink } from './phone-link.ts';

const here = { country: 'US', domain: 'pbx.example' };
const read = (link: string) => {
  const reading = readPhoneLink(link, here);
  return reading.ok ? reading.value : reading.why;
};
const number = (wanted: string, extension: string | null = null) => ({ number: wanted, extension });

test.each([
  // RFC 3966: global numbers, visual separators, ext.
  ['tel:+12025550123', number('+12025550123')],
  ['TEL:+1-202-555-0123', number('+12025550123')],
  ['tel:+1.(202).555.0123', number('+12025550123')],
  ['tel:+12025550123;ext=55', number('+12025550123', '55')],
  ['tel:+12025550123;EXT=5-5', number('+12025550123', '55')],
  // Local numbers: of their context, else of this country.
  ['tel:863-1234;phone-context=+1-914', number('+19148631234')],
  ['tel:020-7946-0958;phone-context=+44', number('+442079460958')],
  ['tel:7042;phone-context=pbx.example', number('7042')],
  ['tel:7042;ext=1;phone-context=PBX.example.', number('7042', '1')],
  ['tel:2025550123', number('2025550123')],
  ['tel:911', number('911')],
  // A space, as pages have it and as browsers hand it on.
  ['tel:+1 202 555 0123', number('+12025550123')],
  ['tel:+1%20202%20555%200123', number('+12025550123')],
  // Users of this telephone system.
  ['sip:1001@pbx.example', number('1001')],
  ['sips:1001@PBX.EXAMPLE:5061', number('1001')],
  ['sip:+12025550123@pbx.example;user=phone', number('+12025550123')],
  ['callto:+12025550123', number('+12025550123')],
  ['callto:1001', number('1001')],
])('%s asks for a call', (link, expected) => {
  expect(read(link)).toEqual(expected);
});

test.each([
  [`tel:+${'1'.repeat(256)}`, 'too_long'],
  ['tel:+12025550123\r\nTo: x', 'hidden_characters'],
  ['tel:+1202555\u00000123', 'hidden_characters'],
  ['tel:\u202E3210555202+', 'hidden_characters'],
  ['http://example.com', 'not_a_link'],
  ['javascript:alert(1)', 'not_a_link'],
  ['tel', 'not_a_link'],
  ['tel:%2A21%23', 'encoded'],
  ['tel:+1%32025550123', 'encoded'],
  ['sip:1001%40pbx.example', 'encoded'],
  // Forwarding, and the like.
  ['tel:*21*600000000#', 'code'],
  ['tel:#31#12025550123', 'code'],
  ['sip:*43@pbx.example', 'code'],
  ['callto:*72', 'code'],
  ['tel:+12025550123;ext=*2', 'code'],
  ['tel:+12025550123,+12025550124', 'several'],
  ['tel:+12025550123,,99', 'several'],
  ['tel:+12025550123p99', 'several'],
  ['tel:+1 2025550123 +1 2025550124', 'several'],
  ['tel:+12025550123;postd=pp22', 'several'],
  ['callto:1001;1002', 'several'],
  ['tel:+12025550123;isub=12', 'parameter'],
  ['tel:+12025550123;ext=1;ext=2', 'parameter'],
  ['tel:+12025550123;ext=', 'parameter'],
  ['tel:+12025550123;', 'parameter'],
  ['sip:1001@pbx.example;method=REFER', 'parameter'],
  ['sip:1001@pbx.example;maddr=192.0.2.1', 'parameter'],
  ['sip:1001@pbx.example;transport=udp', 'parameter'],
  ['sip:1001;ext=5@pbx.example', 'parameter'],
  ['sip:1001@pbx.example?Replaces=abc', 'headers'],
  ['tel:+12025550123?subject=x', 'headers'],
  ['sip:1001:secret@pbx.example', 'password'],
  ['sip:1001@elsewhere.example', 'foreign'],
  ['sip:1001@pbx.example.evil.example', 'foreign'],
  ['tel:7042;phone-context=elsewhere.example', 'foreign'],
  ['tel:1;phone-context=+1', 'not_a_number'],
  ['tel:99;phone-context=+1', 'context'],
  ['tel:7042;phone-context=<script>', 'context'],
  ['tel:+12025550123;phone-context=+1', 'context'],
  ['tel:', 'not_a_number'],
  ['tel:+', 'not_a_number'],
  ['tel:Alice', 'not_a_number'],
  ['tel:１２３４', 'not_a_number'],
  ['tel://+12025550123', 'not_a_number'],
  ['tel:+999999999999', 'not_a_number'],
  ['sip:pbx.example', 'not_a_number'],
  ['sip:alice@pbx.example', 'not_a_number'],
  ['sip:1001@1001@pbx.example', 'not_a_number'],
  ['sip:1001@', 'not_a_number'],
  ['callto:alice', 'not_a_number'],
])('%j is refused: %s', (link, why) => {
  expect(read(link)).toBe(why);
});

test('without an account no domain is ours', () => {
  expect(readPhoneLink('sip:1001@pbx.example', { country: 'US', domain: null })).toEqual({
    ok: false,
    why: 'foreign',
  });
});

test('whatever it reads, it answers, and a number that it gives is digits', () => {
  const scheme = fc.constantFrom('tel:', 'sip:', 'sips:', 'callto:', 'TEL:', '');
  const part = fc.oneof(
    fc.constantFrom('+1', '202', '555-0123', ';ext=', ';phone-context=', '@', 'pbx.example', '%20'),
    fc.constantFrom('*', '#', '?', ':', ',', ';', '%', '(', ')', ' ', 'a', '\n', '\u202E'),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(scheme, fc.array(part, { maxLength: 14 }), (first, parts) => {
      const reading = readPhoneLink(first + parts.join(''), here);
      if (!reading.ok) return;
      expect(reading.value.number).toMatch(/^\+?\d{2,15}$/u);
      if (reading.value.extension !== null) expect(reading.value.extension).toMatch(/^\d{1,11}$/u);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['Call (202) 555-0123 or 202 555 0199', 'US', '+12025550123'],
  ['Tel. 612 34 56 78, fax 612 34 56 79', 'ES', '+34612345678'],
  ['  1001 ', 'US', '1001'],
  ['+34 612 34 56 78', 'US', '+34612345678'],
  ['nothing here', 'US', null],
  ['*21*600000000#', 'ES', null],
  ['order 20251122-1234', 'US', null],
  ['', 'US', null],
])('of the selected text %j somebody in %s calls %s', (text, country, expected) => {
  expect(findNumber(text, country)).toBe(expected);
});
