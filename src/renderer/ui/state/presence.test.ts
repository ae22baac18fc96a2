import { expect, test } from 'vitest';
import { presenceOf, type Colleague } from './presence.ts';

const tom: Colleague = {
  id: '00000000-0000-7000-8000-000000000002',
  name: 'Tom',
  extension: '1002',
  state: 'ready',
  reason: null,
  since: 1_000,
  reachable: true,
  doNotDisturb: false,
};

test.each([
  ['ready', {}, undefined, { tone: 'ready', state: 'ready', since: 1_000, callable: true }],
  [
    'not ready with a reason',
    { state: 'not_ready', reason: 'lunch' },
    undefined,
    { tone: 'not-ready', state: 'not_ready', reason: 'lunch', callable: true },
  ],
  [
    'signed in without a phone',
    { reachable: false, reason: 'lunch' },
    undefined,
    { state: 'unreachable', reason: null, hollow: true, callable: false },
  ],
  [
    'away',
    { state: 'offline', reachable: false },
    undefined,
    { state: 'offline', hollow: true, callable: false },
  ],
  [
    'not to be disturbed, whatever else',
    { doNotDisturb: true },
    'busy',
    { state: 'engaged', doNotDisturb: true, hollow: true, callable: false },
  ],
  [
    'busy by the word of the phone system',
    { state: 'offline', reachable: false },
    'busy',
    { state: 'engaged', since: null, callable: true },
  ],
  ['rung', {}, 'ringing', { state: 'reserved', since: null, callable: true }],
  [
    'at a phone without being signed in',
    { state: 'offline', reachable: false },
    'idle',
    { state: 'offline', hollow: false, callable: true },
  ],
  ['unknown to the phone system', {}, 'unknown', { state: 'ready', callable: true }],
] as const)('somebody %s', (_what, part, told, presence) => {
  expect(presenceOf({ ...tom, ...part }, told)).toMatchObject(presence);
});
