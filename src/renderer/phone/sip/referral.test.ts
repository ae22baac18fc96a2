import { expect, test } from 'vitest';
import { readReferralNews, referTo } from './referral.ts';

test('the dialog to be replaced is named from the PBX’s side, and escaped whole', () => {
  const replaces = { callId: '7f@a b', localTag: 'ours', remoteTag: 'theirs' };
  expect(referTo({ uri: 'sip:1002@ringside', replaces })).toBe(
    '<sip:1002@ringside?Replaces=7f%40a%20b%3Bto-tag%3Dtheirs%3Bfrom-tag%3Dours>',
  );
});

test.each([
  ['SIP/2.0 100 Trying\r\n', 'active;expires=60', { status: 100, isOver: false }],
  ['SIP/2.0 180 Ringing', 'active', { status: 180, isOver: false }],
  ['SIP/2.0 200 OK\r\n', 'terminated;reason=noresource', { status: 200, isOver: true }],
  // Some send the last word on a subscription that they leave open.
  ['SIP/2.0 486 Busy Here\r\nTo: x', 'active', { status: 486, isOver: true }],
  ['SIP/2.0 100 Trying', 'terminated;reason=timeout', { status: 100, isOver: true }],
  [null, 'terminated', { status: null, isOver: true }],
  ['SIP/2.0 2000 OK', undefined, { status: null, isOver: false }],
  ['nonsense', 'nonsense', { status: null, isOver: false }],
])('%j of a subscription that is %j', (body, state, news) => {
  expect(readReferralNews(body, state)).toEqual(news);
});
