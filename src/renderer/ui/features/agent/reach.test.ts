import { expect, test } from 'vitest';
import { deskFixture, phoneFixture } from '../../gallery/desk-fixture.ts';
import { reachOf } from './reach.ts';

const now = 1_800_000_000_000;
const desk = deskFixture(now);
const phone = phoneFixture(now);

test('ready is the truth while the phone is registered and can be heard', () => {
  expect(reachOf({ desk, phone })).toEqual({ reachable: true, doubt: null });
});

test('what is nearest to the agent is named first', () => {
  const failed = {
    state: 'failed',
    why: 'pbx_unreachable',
    sipCode: null,
    retryAt: null,
  } as const;
  const broken = {
    ...phone,
    registration: failed,
    devices: { ...phone.devices, problem: 'no_microphone' as const },
  };
  expect(reachOf({ desk, phone: broken })).toEqual({ reachable: false, why: 'no_microphone' });
  expect(reachOf({ desk, phone: { ...phone, registration: failed } })).toEqual({
    reachable: false,
    why: 'pbx_unreachable',
  });
  expect(reachOf({ desk: { ...desk, engine: 'restarting' }, phone: broken })).toEqual({
    reachable: false,
    why: 'engine_restarting',
  });
});

test('a phone that is silent or still connecting reaches nobody', () => {
  expect(reachOf({ desk, phone: null })).toEqual({ reachable: false, why: 'phone_unknown' });
  const registering = { ...phone, registration: { state: 'registering' } as const };
  expect(reachOf({ desk, phone: registering })).toEqual({ reachable: false, why: 'registering' });
});

test('a phone without an account says why it has none', () => {
  const silent = { ...phone, registration: { state: 'unregistered' } as const };
  expect(reachOf({ desk, phone: silent })).toEqual({ reachable: false, why: 'unregistered' });
  expect(reachOf({ desk: { ...desk, sipProblem: 'not_supported' }, phone: silent })).toEqual({
    reachable: false,
    why: 'account_not_supported',
  });
});

test('at a plain SIP service a registered phone is reachable: no PBX port is missed', () => {
  const plain = { ...desk, pbx: { state: 'absent' } as const };
  expect(reachOf({ desk: plain, phone })).toEqual({ reachable: true, doubt: null });
  const silent = { ...phone, registration: { state: 'unregistered' } as const };
  expect(reachOf({ desk: { ...plain, sipProblem: 'no_account' }, phone: silent })).toEqual({
    reachable: false,
    why: 'account_no_account',
  });
});

test('a server that is away is a doubt, since the phone has its own line', () => {
  const away = { ...desk, backend: { state: 'away', why: '', since: now } as const };
  expect(reachOf({ desk: away, phone })).toEqual({ reachable: true, doubt: 'backend_away' });
});
