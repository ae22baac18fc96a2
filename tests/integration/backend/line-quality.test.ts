import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LineFact } from '../../../src/shared/api/evidence.ts';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { VerdictWeeks } from '../../../src/shared/api/line-quality.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();

const summary = {
  ...{ seconds: 60, fairSeconds: 4, badSeconds: 2, mosMean: 4.1, mosLowest: 2.2 },
  ...{
    roundTripMs: 41,
    jitterMs: 5,
    lossPercent: 0.7,
    concealedPercent: 0.9,
    sentLossPercent: null,
  },
};
const factOf = (callId: string, callKey: string, part: Partial<LineFact> = {}): LineFact => ({
  ...{ kind: 'line', id: randomUUID(), callId, callKey, at: Date.now() - 1_000 },
  ...summary,
  ...part,
});
const eventOf = (fact: LineFact, agentId: string = people.alice.id) => ({
  ...{ id: fact.id, journalId: randomUUID(), seq: 1, agentId, writtenAt: fact.at, offsetMs: 0 },
  body: { topic: 'evidence', fact },
});
const tell = async (who: Client, ...events: readonly object[]): Promise<EventReceipt> =>
  (await who.ask('POST', '/events', { events })).body as EventReceipt;

test('how a call was heard is kept once, and stands on its page beside the leg', async () => {
  const alice = await backend.signIn('alice');
  const [callKey, callId] = [randomUUID(), randomUUID()];
  const journal = createJournal(people.alice.id);
  const call = Object.values(wholeCall(callKey, Date.now() - 60_000, callId)).map((fact) =>
    journal.event(ledger(fact)),
  );
  const line = eventOf(factOf(callId, callKey));
  // Before the call itself, as the journal has it, and again since the answer was lost.
  expect(await tell(alice, line, ...call)).toMatchObject({ refused: [] });
  expect(await tell(alice, line)).toMatchObject({ refused: [], stored: [line.id] });
  const [contact] = await backend.database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [callKey],
  );
  const { body } = await alice.ask('GET', `/contacts/${contact?.id ?? ''}`);
  expect((body as Contact).legs).toMatchObject([{ callId, line: summary }]);
});

test('what says something else, or is of another agent, is refused or shown nowhere', async () => {
  const [alice, bruno] = [await backend.signIn('alice'), await backend.signIn('bruno')];
  const [callKey, callId] = [randomUUID(), randomUUID()];
  const fact = factOf(callId, callKey);
  await tell(alice, eventOf(fact));
  const other = eventOf({ ...fact, mosMean: 1.5 });
  expect((await tell(alice, other)).refused).toMatchObject([{ id: fact.id }]);
  expect((await tell(bruno, eventOf(fact))).refused).toHaveLength(1);
  const impossible = eventOf(factOf(callId, callKey, { mosMean: 9 }));
  expect((await tell(alice, impossible)).refused).toHaveLength(1);
});

test('the word of now is for the board alone', async () => {
  const alice = await backend.signIn('alice');
  const put = async (quality: unknown) =>
    (await alice.ask('PUT', '/agent/line-quality', { quality })).status;
  expect(await put('bad')).toBe(204);
  expect(await put(null)).toBe(204);
  expect(await put('splendid')).toBe(400);
});

/** A call of an agent as the desk tells it: the leg, and the line that it was heard by. */
const heard = async (
  who: 'alice' | 'bruno' | 'sofia',
  part: Partial<LineFact> = {},
): Promise<{ readonly callKey: string; readonly callId: string; readonly client: Client }> => {
  const client = await backend.signIn(who);
  const [callKey, callId] = [randomUUID(), randomUUID()];
  const { id } = people[who];
  const journal = createJournal(id);
  const call = Object.values(wholeCall(callKey, Date.now() - 60_000, callId)).map((fact) =>
    journal.event(ledger(fact)),
  );
  const line = eventOf(factOf(callId, callKey, part), id);
  expect(await tell(client, line, ...call)).toMatchObject({ refused: [] });
  await backend.backend.idle();
  return { callKey, callId, client };
};
const lineOf = async ({
  client,
  callKey,
}: {
  readonly client: Client;
  readonly callKey: string;
}) => {
  const [contact] = await backend.database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [callKey],
  );
  const { body } = await client.ask('GET', `/contacts/${contact?.id ?? ''}`);
  return (body as Contact).legs[0]?.line;
};
const bad = { badSeconds: 20, lossPercent: 6 };
const leg = { received: 3_000, lost: 3, jitterMs: 2, sent: 3_000, sentLost: 1, roundTripMs: 20 };

test('a call is judged by its desk, its legs and other desks, and anew as others tell theirs', async () => {
  const mine = await heard('alice', bad);
  expect(await lineOf(mine)).toMatchObject({
    judged: { verdict: 'unknown', reason: 'desk_uncompared', customerLeg: null },
  });
  await heard('bruno');
  await heard('sofia', bad);
  expect(await lineOf(mine)).toMatchObject({
    judged: { verdict: 'company', reason: 'many_desks', otherDesks: { count: 2, bad: 1 } },
  });
  backend.pbx.report({
    ...{ kind: 'leg_counted', at: Date.now(), callKey: mine.callKey, extension: null, count: leg },
  });
  await backend.backend.idle();
  expect((await lineOf(mine))?.judged?.customerLeg).toEqual(leg);
});

test('what the exchange counted after the desk told its part is part of the judgement', async () => {
  const mine = await heard('alice');
  expect((await lineOf(mine))?.judged).toMatchObject({ verdict: 'none', reason: null });
  const deaf = { ...leg, received: 0, lost: 0 };
  backend.pbx.report({
    ...{ kind: 'leg_counted', at: Date.now(), callKey: mine.callKey, extension: null, count: deaf },
  });
  await backend.backend.idle();
  expect((await lineOf(mine))?.judged).toMatchObject({ verdict: 'carrier', reason: 'one_way' });
});

test('what happened to the devices is kept with the call, and speaks', async () => {
  const notes = {
    devicesLost: [
      { at: 1, device: 'microphone' as const, name: 'Headset', replacedBy: null, gapMs: null },
    ],
    loud: [],
    seconds: { silent: 0, system_muted: 0, muted_talking: 3, clipped: 0, low: 0 },
  };
  const mine = await heard('alice', { notes });
  expect(await lineOf(mine)).toMatchObject({
    notes,
    judged: { verdict: 'microphone', reason: 'microphone_lost' },
  });
});

test('agents have their own weeks, and supervisors those of their team', async () => {
  const { client } = await heard('alice', bad);
  const other = await heard('bruno');
  const mine = (await client.ask('GET', '/line-verdicts/mine')).body as VerdictWeeks;
  expect(mine.lines).toMatchObject([{ agentId: people.alice.id, verdicts: { unknown: 1 } }]);
  const span = `from=${String(Date.now() - 86_400_000)}&to=${String(Date.now() + 60_000)}`;
  expect((await other.client.ask('GET', `/line-verdicts?${span}`)).status).toBe(403);
  const sofia = await backend.signIn('sofia');
  const seen = async (): Promise<readonly string[]> =>
    ((await sofia.ask('GET', `/line-verdicts?${span}`)).body as VerdictWeeks).lines.map(
      ({ agentId }) => agentId,
    );
  expect((await seen()).toSorted()).toEqual([people.alice.id, people.bruno.id].toSorted());
  await backend.database.query(
    "INSERT INTO teams (name, label, position) VALUES ('north', '{}', 0), ('south', '{}', 1)",
  );
  await backend.database.query(
    "UPDATE users SET team = CASE username WHEN 'alice' THEN 'south' ELSE 'north' END",
  );
  expect(await seen()).toEqual([people.bruno.id]);
});
