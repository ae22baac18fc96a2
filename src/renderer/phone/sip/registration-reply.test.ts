import { expect, test } from 'vitest';
import { readRegistrationReply } from './registration-reply.ts';

const reply = {
  status: 200,
  contacts: ['<sip:abc123@10.0.0.7:40000;transport=ws>;expires=120'],
  expires: undefined,
  minimumExpires: undefined,
  retryAfter: undefined,
  ourUser: 'abc123',
  askedSeconds: 300,
};

test('a contact of ours binds for the time that it says, though the host was rewritten', () => {
  expect(readRegistrationReply(reply)).toEqual({ kind: 'bound', expiresSeconds: 120 });
});

test('the time is looked for in the contact, the Expires header and the request, in this order', () => {
  const contacts = ['<sip:abc123@x>'];
  expect(readRegistrationReply({ ...reply, contacts, expires: '90' })).toMatchObject({
    expiresSeconds: 90,
  });
  expect(readRegistrationReply({ ...reply, contacts })).toMatchObject({ expiresSeconds: 300 });
});

test('ours is found among others, and quotes and commas deceive nobody', () => {
  const contacts = ['"a, <sip:abc123@x>" <sip:other@x>;expires=5, <sip:abc123@x>;q=0.5;expires=60'];
  expect(readRegistrationReply({ ...reply, contacts })).toMatchObject({ expiresSeconds: 60 });
  expect(
    readRegistrationReply({ ...reply, contacts: ['"sip:abc123@x" <sip:other@x>'] }),
  ).toMatchObject({ kind: 'failed', why: 'binding_missing' });
});

test.each([[[]], [['<sip:other@x>;expires=60']], [['<sip:abc123@x>;expires=0']]])(
  'a 200 with %j is no binding',
  (contacts) => {
    expect(readRegistrationReply({ ...reply, contacts })).toEqual({
      kind: 'failed',
      why: 'binding_missing',
      retryAfterSeconds: null,
    });
  },
);

test.each([
  [401, 'credentials_refused'],
  [403, 'credentials_refused'],
  [404, 'credentials_refused'],
  [408, 'pbx_unreachable'],
  [500, 'pbx_error'],
  [302, 'pbx_error'],
])('%i means %s', (status, why) => {
  expect(readRegistrationReply({ ...reply, status })).toMatchObject({ kind: 'failed', why });
});

test('Retry-After is read past its comment', () => {
  expect(
    readRegistrationReply({ ...reply, status: 503, retryAfter: '120 (I am busy);duration=60' }),
  ).toMatchObject({ retryAfterSeconds: 120 });
});

test('a binding is believed for no longer than it was given, nor than was asked for', () => {
  const contacts = ['<sip:abc123@x>;expires=4'];
  expect(readRegistrationReply({ ...reply, contacts })).toMatchObject({ expiresSeconds: 4 });
  expect(
    readRegistrationReply({ ...reply, contacts: ['<sip:abc123@x>;expires=4294967295'] }),
  ).toMatchObject({ expiresSeconds: 300 });
});

test('a registrar may ask for longer intervals, but not for what was asked already', () => {
  const brief = { ...reply, status: 423, minimumExpires: '600' };
  expect(readRegistrationReply(brief)).toEqual({ kind: 'too_brief', minimumSeconds: 600 });
  expect(readRegistrationReply({ ...brief, askedSeconds: 600 })).toMatchObject({ kind: 'failed' });
  const endless = { ...brief, minimumExpires: '99999999', askedSeconds: 86_400 };
  expect(readRegistrationReply(endless)).toMatchObject({ kind: 'failed' });
});
