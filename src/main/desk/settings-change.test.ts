import { expect, test } from 'vitest';
import { isBackendUrl, settingsRefusal } from './settings-change.ts';

test.each(['https://desk.example', 'http://127.0.0.1:8080', 'http://10.0.0.4/ringside/'])(
  '%s is an address of a backend',
  (url) => {
    expect(isBackendUrl(url)).toBe(true);
  },
);

test.each(['', 'desk.example', 'file:///etc', 'javascript:1', 'https://a:b@c', 'https://a?b'])(
  '"%s" is none',
  (url) => {
    expect(isBackendUrl(url)).toBe(false);
  },
);

test('the backend changes only while nobody is signed in', () => {
  expect(settingsRefusal({ backendUrl: 'https://b' }, { state: 'signing_in' })).toMatchObject({
    ok: false,
    why: { code: 'conflict' },
  });
  expect(settingsRefusal({ theme: 'dark' }, { state: 'signing_in' })).toMatchObject({ ok: true });
});
