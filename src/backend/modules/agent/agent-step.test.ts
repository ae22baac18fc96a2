import { expect, test } from 'vitest';
import type { AgentStanding } from '../../../shared/domain/agent/agent.ts';
import { readStep, type TimedStep } from './agent-step.ts';
import { newCallMemory } from './call-memory.ts';

const standing = (changes: Partial<Extract<AgentStanding, { signedIn: true }>> = {}) =>
  ({
    signedIn: true,
    wish: { kind: 'ready' },
    offers: [],
    calls: [],
    wrapUps: [],
    ...changes,
  }) satisfies AgentStanding;

const over = (changes: object = {}, at = 50): TimedStep => ({
  step: { kind: 'leg_over', callKey: 'k', answered: false, how: 'missed', ...changes },
  at,
  source: 'pbx',
});

test('what is older than the end of its call changes nothing', () => {
  const memory = { ...newCallMemory('k'), endedAt: 50 };
  const step = { kind: 'offered', callKey: 'k' } as const;
  expect(readStep(standing(), memory, { step, at: 50, source: 'client' }).events).toEqual([]);
  const again = readStep(standing(), memory, { step, at: 51, source: 'pbx' });
  expect(again).toEqual({ events: [step], memory: { ...newCallMemory('k'), pbxOfferedAt: 51 } });
});

test('the end of an offer is the end of an offer, the end of a call that of a call', () => {
  expect(readStep(standing({ offers: ['k'] }), undefined, over()).events).toEqual([
    { kind: 'offer_ended', callKey: 'k', how: 'missed' },
  ]);
  const answered = { ...newCallMemory('k'), answeredAt: 10 };
  expect(readStep(standing({ calls: ['k'] }), answered, over()).events).toEqual([
    { kind: 'call_ended', callKey: 'k', owesWrapUp: true },
  ]);
  expect(readStep(standing({ calls: ['k'] }), undefined, over()).events).toEqual([
    { kind: 'call_ended', callKey: 'k', owesWrapUp: false },
  ]);
});

test('an answered leg whose answer was not told still owes its wrap-up', () => {
  const read = readStep(standing({ offers: ['k'] }), undefined, over({ answered: true }));
  expect(read.events).toEqual([
    { kind: 'answered', callKey: 'k' },
    { kind: 'call_ended', callKey: 'k', owesWrapUp: true },
  ]);
});

test('a wrap-up that was done already is not owed; one of an earlier leg does not count', () => {
  const owed = (wrappedUpAt: number) =>
    readStep(
      standing({ calls: ['k'] }),
      { ...newCallMemory('k'), answeredAt: 10, wrappedUpAt },
      over(),
    ).events;
  expect(owed(60)).toEqual([{ kind: 'call_ended', callKey: 'k', owesWrapUp: false }]);
  expect(owed(40)).toEqual([{ kind: 'call_ended', callKey: 'k', owesWrapUp: true }]);
});

test('only the PBX’s own word counts as the PBX’s', () => {
  const step = { kind: 'answered', callKey: 'k' } as const;
  const byClient = readStep(standing(), undefined, { step, at: 7, source: 'client' });
  expect(byClient.memory).toMatchObject({ answeredAt: 7, pbxAnsweredAt: null });
  const byPbx = readStep(standing(), byClient.memory ?? undefined, { step, at: 9, source: 'pbx' });
  expect(byPbx.memory).toMatchObject({ answeredAt: 7, pbxAnsweredAt: 9 });
});
