import { expect, test } from 'vitest';
import { mintRelay, readRelayUrls } from './relay.ts';

test('addresses of a relay, the first first', () => {
  const urls = [
    'turn:relay.example',
    'turn:192.0.2.1:3478?transport=tcp',
    'turns:[2001:db8::1]:443',
  ];
  expect(readRelayUrls(urls.join(', '))).toEqual({ ok: true, value: urls });
  expect(readRelayUrls('')).toEqual({ ok: true, value: [] });
});

test.each(['https://relay.example', 'turn:', 'turn:a?transport=sctp', 'stun:a', 'turn://a'])(
  '%j is no relay',
  (text) => {
    expect(readRelayUrls(`turn:good.example ${text}`)).toMatchObject({
      ok: false,
      why: expect.stringContaining('address 2') as string,
    });
  },
);

test('the name of an account says when it ends, and its secret is that of the relay over the name', () => {
  const relay = mintRelay({ urls: ['turn:a'], secret: 'north' }, '1001', 1_800_000_000_900);
  expect(relay).toEqual({
    urls: ['turn:a'],
    username: '1800000000:1001',
    // printf %s 1800000000:1001 | openssl dgst -sha1 -hmac north -binary | base64
    credential: 'K/tYwiqjdMbs1No1Wh6wcHX8S3Q=',
    expiresAt: 1_800_000_000_900,
  });
});
