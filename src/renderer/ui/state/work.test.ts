import { expect, test } from 'vitest';
import { answered, consulting, dialing, ended, ringing, talking } from '../gallery/calls.ts';
import type { Call } from '../../../shared/domain/call/call.ts';
import type { WrapUpDraft } from '../../../shared/ipc/desk.ts';
import {
  centreWork,
  customerWork,
  openWorks,
  ringingAbove,
  worksOf,
  type WorkSources,
} from './work.ts';
import { cardOf } from '../gallery/people.ts';

const now = 1_800_000_000_000;

const draftOf = (call: Call, isEnded: boolean): WrapUpDraft => ({
  callId: call.callId,
  callKey: call.callKey,
  queue: call.queue,
  remoteNumber: call.remote.number,
  remoteName: call.remote.name,
  code: null,
  notes: '',
  ended: isEnded,
  facts: call.facts,
});

const works = (sources: Partial<WorkSources>) =>
  worksOf({ calls: [], cards: [], drafts: [], completed: [], seenLive: [], ...sources });

const stages = (sources: Partial<WorkSources>) => works(sources).map((work) => work.stage);

test('each state of a call has its stage', () => {
  expect(stages({ calls: [ringing(now), dialing(now), talking(now, 2)] })).toEqual([
    'ringing',
    'outgoing',
    'live',
  ]);
});

test('an answered call that ended owes its wrap-up, before and after the desk says so', () => {
  const call = ended(talking(now), now);
  expect(stages({ calls: [call], seenLive: [call.callId] })).toEqual(['wrap_up']);
  expect(stages({ calls: [call], drafts: [draftOf(call, true)] })).toEqual(['wrap_up']);
  expect(stages({ drafts: [draftOf(call, true)] })).toEqual(['wrap_up']);
});

test('a completed wrap-up is over, however long the phone shows the call', () => {
  const call = ended(talking(now), now);
  expect(stages({ calls: [call], completed: [call.callId], seenLive: [call.callId] })).toEqual([
    'over',
  ]);
  expect(stages({ drafts: [draftOf(call, true)], completed: [call.callId] })).toEqual([]);
});

test('a call that nobody answered is over', () => {
  const end = { side: 'remote', outcome: 'cancelled', sipCode: 487, cause: null } as const;
  expect(stages({ calls: [ended(ringing(now), now, end)] })).toEqual(['over']);
});

test('a draft of a live call is no work of its own', () => {
  const call = talking(now);
  expect(works({ calls: [call], drafts: [draftOf(call, false)] })).toHaveLength(1);
});

test('a wrap-up stays in the centre while the next call rings above it', () => {
  const before = ended(talking(now), now);
  const next = ringing(now, 2);
  const all = works({ calls: [before, next], drafts: [draftOf(before, true)] });
  const centre = centreWork(all, null);
  expect(centre?.callId).toBe(before.callId);
  expect(ringingAbove(all, centre).map((work) => work.callId)).toEqual([next.callId]);
  expect(customerWork(all, centre)?.callId).toBe(next.callId);
});

test('a call in hand goes before a wrap-up, unless the agent chose the wrap-up', () => {
  const before = ended(talking(now), now);
  const live = answered(ringing(now, 2), now);
  const all = works({ calls: [before, live], drafts: [draftOf(before, true)] });
  expect(centreWork(all, null)?.callId).toBe(live.callId);
  expect(centreWork(all, before.callId)?.callId).toBe(before.callId);
});

test('a call that rings alone has the centre', () => {
  const call = ringing(now);
  const all = works({ calls: [call] });
  expect(centreWork(all, null)?.callId).toBe(call.callId);
  expect(ringingAbove(all, centreWork(all, null))).toEqual([]);
});

test('a colleague who is asked belongs to the customer, and to the wrap-up once the customer is gone', () => {
  const [customer, consult] = consulting(talking(now), now);
  const card = cardOf(now, { callKey: customer.callKey, match: { kind: 'unknown' } });
  const asking = works({ calls: [customer, consult], cards: [card] });
  expect(openWorks(asking).map((work) => work.callId)).toEqual([customer.callId]);
  expect(centreWork(asking, consult.callId)?.callId).toBe(customer.callId);
  expect(asking.map((work) => work.card)).toEqual([card, null]);
  const gone = ended(customer, now);
  const alone = works({ calls: [gone, consult], drafts: [draftOf(gone, true)] });
  expect(centreWork(alone, consult.callId)?.stage).toBe('wrap_up');
  const done = works({ calls: [gone, consult], completed: [gone.callId] });
  expect(centreWork(done, null)?.callId).toBe(consult.callId);
});
