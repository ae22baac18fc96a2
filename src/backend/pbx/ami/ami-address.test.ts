import { expect, test } from 'vitest';
import { parseAmiUrl } from './ami-address.ts';

test('reads user, secret, host and port, percent-encoding and the default port', () => {
  expect(parseAmiUrl('ami://ring:p%40ss%2F@[::1]:1234')).toEqual({
    ok: true,
    value: { host: '::1', port: 1234, username: 'ring', secret: 'p@ss/' },
  });
  expect(parseAmiUrl('ami://a:b@pbx.example')).toEqual({
    ok: true,
    value: { host: 'pbx.example', port: 5038, username: 'a', secret: 'b' },
  });
});

test.each(['', 'nonsense', 'http://a:b@h', 'ami://h:1', 'ami://a@h', 'ami://a:%zz@h'])(
  'says what is wrong with %j without repeating it',
  (text) => {
    const answer = parseAmiUrl(text);
    expect(answer.ok).toBe(false);
  },
);
