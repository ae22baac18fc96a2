import { expect, test } from 'vitest';
import { redactFields, redactText } from './redact.ts';

test('telephone numbers keep their last two digits', () => {
  expect(redactText('INVITE from +49 (30) 901820-13 to sip:4915112345678@pbx')).toBe(
    'INVITE from …13 to sip:…78@pbx',
  );
});

test('no card stays, in words or in an address', () => {
  expect(redactText('typed x4111111111111111')).toBe('typed x••••••••••••••••');
  expect(redactFields({ path: '/customers?search=4111111111111111' })).toEqual({
    path: '/customers?search=••••••••••••••••',
  });
});

test('ids, ports and short extensions stay readable', () => {
  const text = '0192f3a1-7c12-7123-8123-123456789012 on port 50601 at extension 1001';
  expect(redactText(text)).toBe(text);
});

test('secrets never reach a log, by name or by header', () => {
  expect(
    redactFields({ sipPassword: 'canary', token: 'canary', callKey: '1732220000.15' }),
  ).toEqual({ sipPassword: '[redacted]', token: '[redacted]', callKey: '1732220000.15' });
  expect(redactText('Authorization: Digest username="1001", response="canary"')).not.toContain(
    'canary',
  );
  expect(redactText('sent Bearer canary')).toBe('sent Bearer [redacted]');
});
