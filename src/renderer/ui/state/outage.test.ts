import { expect, test } from 'vitest';
import { changed, talking } from '../gallery/calls.ts';
import { phoneFixture } from '../gallery/desk-fixture.ts';
import { outageOf } from './outage.ts';

const now = 1_800_000_000_000;
const call = talking(now);
const { callId } = call;
const phone = { ...phoneFixture(now), calls: [call] };
const away = { state: 'failed', why: 'pbx_unreachable', sipCode: null, retryAt: null } as const;

test('sound that found no way comes before a phone system that cannot be reached', () => {
  expect(outageOf(phone, callId, false)).toBeNull();
  expect(outageOf({ ...phone, registration: away }, callId, false)).toBe('signalling');
  const lostPaths = [{ callId, since: now }];
  expect(outageOf({ ...phone, registration: away, lostPaths }, callId, false)).toBe('path');
  expect(outageOf({ ...phone, lostPaths }, callId, false)).toBe('path');
  expect(outageOf({ ...phone, lostPaths }, callId, true)).toBe('path_music');
});

test('it is of the call that is talked in, and of no other', () => {
  const lostPaths = [{ callId: talking(now, 2).callId, since: now }];
  expect(outageOf({ ...phone, lostPaths }, callId, false)).toBeNull();
  expect(outageOf({ ...phone, registration: away }, null, false)).toBeNull();
  const held = { ...phone, calls: [changed(call, 'hold', now)], registration: away };
  expect(outageOf(held, callId, false)).toBe('signalling');
});
