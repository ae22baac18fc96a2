import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callKeyOf, changedParty, headerValue, queueOf, remoteParty } from './headers.ts';

test.each([
  ['"Carol" <sip:+12025550123@pbx>;tag=1', '+12025550123', 'Carol'],
  ['Carol Customer <sip:1001@pbx;transport=ws>', '1001', 'Carol Customer'],
  ['<sip:1001@pbx>', '1001', ''],
  ['sip:1001@pbx;tag=x', '1001', ''],
  ['"O\\"Neil \\\\" <sip:1@x>', '1', 'O"Neil \\'],
  ['<tel:+34911234567;phone-context=x>', '+34911234567', ''],
  ['<sip:+1202555;npdi=yes@pbx>', '+1202555', ''],
  ['"Anonymous" <sip:anonymous@anonymous.invalid>', '', 'Anonymous'],
  ['"a\u202eb\u0000c" <sip:%zz@x>', '%zz', 'a b c'],
  ['<sip:%2b34@x>', '+34', ''],
  ['<sip:user:password@x>', 'user', ''],
  ['', '', ''],
  ['<<<>>>"', '', ''],
])('%j is %j named %j', (from, number, name) => {
  expect(remoteParty(from, undefined)).toEqual({ number, name });
});

test('an asserted identity fills in for the claimed one, part by part', () => {
  const claimed = '"Bank" <sip:911@evil>';
  expect(remoteParty(claimed, '"Carol" <sip:123@pbx>')).toEqual({ number: '123', name: 'Carol' });
  expect(remoteParty(claimed, '<sip:123@pbx>')).toEqual({ number: '123', name: 'Bank' });
  expect(remoteParty(claimed, '<sip:anonymous@anonymous.invalid>').number).toBe('911');
});

test('whatever a caller sends is one line of at most 128 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
      const { number, name } = remoteParty(`"${text}" <sip:${text}@x>`, undefined);
      for (const part of [number, name, headerValue(text), callKeyOf(text, 'id'), queueOf(text)]) {
        expect(part ?? '').not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/u);
        expect(Array.from(part ?? '').length).toBeLessThanOrEqual(128);
      }
    }),
  );
});

test('a call without a name of its own is called by its SIP Call-ID', () => {
  expect(callKeyOf(undefined, 'abc@pbx')).toBe('abc@pbx');
  expect(callKeyOf('  ', 'abc@pbx')).toBe('abc@pbx');
  expect(callKeyOf('1700000000.12', 'abc@pbx')).toBe('1700000000.12');
});

test('no header, no queue', () => {
  expect(queueOf(undefined)).toBeNull();
  expect(queueOf(' ')).toBeNull();
  expect(queueOf('support')).toBe('support');
});

test.each([
  ['"Carol" <sip:+12025550123@pbx>', { number: '+12025550123', name: 'Carol' }],
  ['<sip:1002@pbx>', { number: '1002', name: '' }],
  ['"Ana" <sip:1001@pbx>', { number: '1001', name: 'Ana' }],
  ['<sip:1001@pbx>', null],
  ['"Anonymous" <sip:anonymous@pbx>', null],
  ['', null],
])('in a call with "Bo" <1001>, %j is somebody new: %j', (asserted, party) => {
  expect(changedParty(asserted, { number: '1001', name: 'Bo' })).toEqual(party);
});
