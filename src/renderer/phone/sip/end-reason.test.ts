import { expect, test } from 'vitest';
import type { EndSignal } from './end-reason.ts';
import { endOf, readReasons } from './end-reason.ts';

const outbound: EndSignal = {
  direction: 'outbound',
  answered: false,
  originator: 'remote',
  deed: null,
  sipCode: null,
  reasons: [],
  cause: 'SIP Failure Code',
};
const inbound: EndSignal = { ...outbound, direction: 'inbound' };
const talked: EndSignal = { ...outbound, answered: true, cause: 'Terminated' };

test.each([
  [486, 'busy', 'remote'],
  [600, 'busy', 'remote'],
  [603, 'rejected', 'remote'],
  [404, 'wrong_number', 'remote'],
  [410, 'wrong_number', 'remote'],
  [484, 'wrong_number', 'remote'],
  [604, 'wrong_number', 'remote'],
  [408, 'no_answer', 'remote'],
  [480, 'no_answer', 'remote'],
  [487, 'cancelled', 'remote'],
  [403, 'refused', 'system'],
  [488, 'refused', 'system'],
  [407, 'refused', 'system'],
  [606, 'refused', 'system'],
  [500, 'unreachable', 'system'],
  [503, 'unreachable', 'system'],
])('a dialled call answered with %i ends as %s by %s', (sipCode, outcome, side) => {
  expect(endOf({ ...outbound, sipCode })).toEqual({ side, outcome, sipCode, cause: null });
});

test.each([
  [1, 404, 'wrong_number'],
  [28, 484, 'wrong_number'],
  [17, 503, 'busy'],
  [19, 480, 'no_answer'],
  [21, 403, 'rejected'],
  [34, 503, 'unreachable'],
  [127, 486, 'busy'],
])('Q.850 cause %i says more than status %i: %s', (cause, sipCode, outcome) => {
  const reasons = [`Q.850;cause=${cause}`];
  expect(endOf({ ...outbound, sipCode, reasons })).toMatchObject({ outcome, cause });
});

test('no answer of any kind is the PBX out of reach', () => {
  const end = { side: 'system', outcome: 'unreachable', sipCode: null, cause: null };
  expect(endOf({ ...outbound, originator: 'system', cause: 'Request Timeout' })).toEqual(end);
  expect(endOf({ ...outbound, originator: 'local', cause: 'Connection Error' })).toEqual(end);
});

test.each([
  [[], 'cancelled'],
  [['SIP;cause=200;text="Call completed elsewhere"'], 'answered_elsewhere'],
  [['Q.850;cause=26'], 'answered_elsewhere'],
  [['SIP;cause=487'], 'cancelled'],
] as const)('a CANCEL with %j ends an offered call as %s', (reasons, outcome) => {
  expect(endOf({ ...inbound, reasons, cause: 'Canceled' })).toMatchObject({
    side: 'remote',
    outcome,
  });
});

test('a CANCEL with cause 19 (no answer) says that it rang its time out, not that the caller gave up', () => {
  expect(endOf({ ...inbound, reasons: ['Q.850;cause=19'], cause: 'Canceled' })).toMatchObject({
    side: 'system',
    outcome: 'no_answer',
  });
});

test.each([
  ['rejected', false, 'rejected', 'local'],
  ['busy', false, 'rejected', 'local'],
  ['ended', false, 'cancelled', 'local'],
  ['ended', true, 'completed', 'local'],
  ['unreachable', true, 'unreachable', 'system'],
  ['media_failed', true, 'media_failed', 'system'],
] as const)(
  'what this phone did counts: %s, answered %s, is %s by %s',
  (deed, answered, outcome, side) => {
    expect(
      endOf({ ...outbound, answered, deed, originator: 'local', cause: 'Terminated' }),
    ).toMatchObject({
      outcome,
      side,
    });
  },
);

test.each(['busy', 'declined', 'call_back'] as const)('what the agent said is kept: %s', (deed) => {
  const end = endOf({ ...inbound, deed, originator: 'local', cause: 'Rejected' });
  expect(end).toMatchObject({ outcome: 'rejected', side: 'local', rejection: deed });
});

test('who rejects without a word said nothing', () => {
  const end = endOf({ ...inbound, deed: 'rejected', originator: 'local', cause: 'Rejected' });
  expect(end).not.toHaveProperty('rejection');
});

test('a BYE completes an answered call, with the cause that it carries', () => {
  expect(endOf({ ...talked, reasons: ['Q.850;cause=16;text="Normal"'] })).toEqual({
    side: 'remote',
    outcome: 'completed',
    sipCode: null,
    cause: 16,
  });
});

test('an answer that was never acknowledged is the PBX out of reach', () => {
  expect(endOf({ ...inbound, answered: true, cause: 'No ACK' })).toMatchObject({
    side: 'system',
    outcome: 'unreachable',
  });
});

test('audio that cannot be agreed on is a failure of media', () => {
  expect(endOf({ ...outbound, sipCode: 488, cause: 'Bad Media Description' })).toMatchObject({
    outcome: 'media_failed',
  });
  expect(endOf({ ...inbound, originator: 'system', cause: 'WebRTC Error' })).toMatchObject({
    outcome: 'media_failed',
  });
});

test('a call that rang too long here was not answered', () => {
  expect(endOf({ ...inbound, originator: 'local', cause: 'No Answer' })).toMatchObject({
    side: 'system',
    outcome: 'no_answer',
  });
});

test('Reason headers are read in every form that is met', () => {
  expect(readReasons(['Q.850 ;cause=17 ;text="User, busy"'])).toEqual({ sip: null, q850: 17 });
  expect(readReasons(['SIP;cause=200;text="x",Q.850;cause=26'])).toEqual({ sip: 200, q850: 26 });
  expect(readReasons(['SIP;text="y"', 'q.850;cause=999', 'nonsense', ''])).toEqual({
    sip: null,
    q850: null,
  });
});

test('a phone that the PBX gave up reads that it lost the connection', () => {
  const reasons = ['Q.850;cause=27'];
  expect(endOf({ ...talked, reasons })).toMatchObject({ side: 'local', outcome: 'unreachable' });
  expect(endOf({ ...talked, reasons: ['Q.850;cause=16'] })).toMatchObject({
    ...{ side: 'remote', outcome: 'completed' },
  });
});
