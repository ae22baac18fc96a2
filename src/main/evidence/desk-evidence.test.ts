import { expect, test } from 'vitest';
import type { EvidenceFact } from '../../shared/api/evidence.ts';
import { callTransition, offeredCall, type Call } from '../../shared/domain/call/call.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { createDeskEvidence } from './desk-evidence.ts';

const bed = (allowed = 100) => {
  const clock = { at: 1_000 };
  const told: EvidenceFact[] = [];
  let left = allowed;
  const evidence = createDeskEvidence({
    write: (_agentId, facts) => told.push(...facts),
    now: () => clock.at,
    newId: (at) => `id-${String(at)}`,
    mayTell: () => left-- > 0,
  });
  evidence.useAgent('alice');
  const phone = (part: Partial<PhoneSnapshot> = {}): void => {
    evidence.takePhone({
      ...{ revision: 1, engineId: 'e', voicemail: null, presence: {}, calls: [] },
      registration: { state: 'registered', since: 1 },
      devices: { microphones: [], speakers: [], problem: null },
      ...part,
    });
  };
  return { clock, told, evidence, phone };
};

const ringing = (at: number): Call =>
  offeredCall({
    ...{ callId: 'leg', callKey: 'key', queue: 'support', stamp: { id: 'f', at } },
    remote: { number: '+1', name: '' },
  });
const ended = (
  call: Call,
  at: number,
  outcome: 'no_answer' | 'rejected' | 'phone_failed',
): Call => {
  const end = { side: 'system', outcome, sipCode: null, cause: null } as const;
  const next = callTransition(call, { kind: 'ended', end, stamp: { id: 'g', at } });
  if (!next.ok) throw new Error(next.why);
  return next.value;
};

test('a ring that is not answered is told once: when it was seen and heard, and what was wrong', () => {
  const { clock, told, evidence, phone } = bed();
  const call = ringing(1_000);
  phone({ calls: [call] });
  clock.at = 1_200;
  evidence.rang(['leg', 'another'], null);
  clock.at = 1_300;
  evidence.shown('leg');
  evidence.trouble('locked', true);
  clock.at = 9_000;
  evidence.shown('leg');
  evidence.rang(['leg'], 'not_playing');
  const over = ended(call, 21_000, 'no_answer');
  phone({ calls: [over] });
  phone({ calls: [over] });
  expect(told).toEqual([
    {
      ...{
        kind: 'ring',
        id: 'id-21000',
        callId: 'leg',
        callKey: 'key',
        offeredAt: 1_000,
        at: 21_000,
      },
      ...{ shownAt: 1_300, soundedAt: 1_200, silence: null, outcome: 'no_answer' },
      troubles: [{ what: 'locked', since: 1_300 }],
    },
  ]);
});

test('what nobody told of a ring is not known; what was silent may be heard later', () => {
  const { clock, told, evidence, phone } = bed();
  phone({ calls: [ringing(1_000)] });
  evidence.rang(['leg'], 'no_speaker');
  clock.at = 4_000;
  evidence.rang(['leg'], null);
  phone({ calls: [ended(ringing(1_000), 9_000, 'phone_failed')] });
  expect(told).toMatchObject([
    { shownAt: null, soundedAt: 4_000, silence: null, outcome: 'phone_failed' },
  ]);
});

test('what the agent rejects or answers needs no evidence', () => {
  const { told, evidence, phone } = bed();
  phone({ calls: [ringing(1_000)] });
  phone({ calls: [ended(ringing(1_000), 2_000, 'rejected')] });
  const answered = callTransition(ringing(3_000), {
    kind: 'answered',
    stamp: { id: 'a', at: 4_000 },
  });
  if (!answered.ok) throw new Error(answered.why);
  phone({ calls: [ringing(3_000)] });
  phone({ calls: [answered.value] });
  phone({ calls: [ended(answered.value, 5_000, 'no_answer')] });
  evidence.shown('leg');
  expect(told).toEqual([]);
});

test('a trouble is told when it is over: not a short one, not before there was a phone, not another’s', () => {
  const { clock, told, evidence, phone } = bed();
  phone({ registration: { state: 'registering' } });
  clock.at = 5_000;
  phone();
  evidence.takeDesk({ backend: { state: 'away', why: 'cable', since: 1 }, engine: 'running' });
  clock.at = 5_900;
  evidence.takeDesk({ backend: { state: 'connected' }, engine: 'restarting' });
  phone({ registration: { state: 'unregistered' } });
  clock.at = 7_000;
  phone();
  evidence.takeDesk({ backend: { state: 'connected' }, engine: 'running' });
  evidence.trouble('asleep', true);
  evidence.trouble('asleep', true);
  clock.at = 60_000;
  evidence.trouble('asleep', false);
  evidence.stoodStill(8_000);
  expect(told.map((fact) => fact.kind === 'desk_span' && [fact.what, fact.at, fact.until])).toEqual(
    [
      ['unregistered', 5_900, 7_000],
      ['engine_gone', 5_900, 7_000],
      ['asleep', 7_000, 60_000],
      ['asleep', 52_000, 60_000],
    ],
  );
  evidence.takeDesk({ backend: { state: 'away', why: 'cable', since: 1 }, engine: 'running' });
  evidence.useAgent('bruno');
  clock.at = 70_000;
  evidence.takeDesk({ backend: { state: 'connected' }, engine: 'running' });
  expect(told).toHaveLength(4);
});

test('what stood in the way of Ready is kept, and told with a ring that came all the same', () => {
  const { clock, told, evidence, phone } = bed();
  evidence.hindered('proving');
  clock.at = 3_000;
  evidence.hindered('disk');
  phone({ calls: [ringing(4_000)] });
  clock.at = 24_000;
  phone({ calls: [ended(ringing(4_000), 24_000, 'no_answer')] });
  clock.at = 30_000;
  evidence.hindered('no_media_path');
  clock.at = 30_400;
  evidence.hindered(null);
  expect(told).toMatchObject([
    { kind: 'ring', troubles: [{ what: 'hindered', since: 1_000 }] },
    { kind: 'desk_span', what: 'hindered', at: 1_000, until: 30_000 },
  ]);
});

test('a hindrance that is known twice is told once, from when it was first known', () => {
  const { clock, told, evidence, phone } = bed();
  const noDevice = { microphones: [], speakers: [], problem: 'no_microphone' } as const;
  evidence.hindered('microphone_silent');
  clock.at = 2_000;
  phone({ devices: noDevice, calls: [ringing(2_000)] });
  clock.at = 22_000;
  phone({ devices: noDevice, calls: [ended(ringing(2_000), 22_000, 'no_answer')] });
  expect(told).toMatchObject([{ kind: 'ring', troubles: [{ what: 'no_device', since: 1_000 }] }]);
});

test('the word on a test ring is kept: that it was heard, and for how long it was not', () => {
  const { clock, told, evidence } = bed();
  clock.at = 1_000;
  evidence.ringTested(false);
  clock.at = 61_000;
  evidence.ringTested(true);
  expect(told).toMatchObject([
    { kind: 'desk_span', what: 'ring_unheard', at: 1_000, until: 61_000 },
    { kind: 'desk_span', what: 'ring_heard', at: 61_000, until: 61_000 },
  ]);
});

test('a line that comes and goes without end does not fill the disk', () => {
  const { clock, told, evidence } = bed(3);
  for (let times = 0; times < 50; times += 1) {
    evidence.trouble('no_network', times % 2 === 0);
    clock.at += 2_000;
  }
  expect(told).toHaveLength(3);
});
