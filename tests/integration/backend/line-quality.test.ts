import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LineFact, ProofFact } from '../../../src/shared/api/evidence.ts';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { VerdictWeeks } from '../../../src/shared/api/line-quality.ts';
import type { Contact } from '../../../src/shared/api/records.ts';
import type { ShiftCheckFact } from '../../../src/shared/api/shift-checks.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { startBackend, type Client } from '../../support/backend.ts';
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
const eventOf = (
  fact: LineFact | ProofFact | ShiftCheckFact,
  agentId: string = people.alice.id,
) => ({
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
    ...{ kind: 'leg_counted', at: Date.now(), callKey: mine.callKey, leg: 'customer-1' },
    ...{ extension: null, count: leg },
  });
  await backend.backend.idle();
  expect((await lineOf(mine))?.judged?.customerLeg).toEqual(leg);
});

test('what the exchange counted after the desk told its part is part of the judgement', async () => {
  const mine = await heard('alice');
  expect((await lineOf(mine))?.judged).toMatchObject({ verdict: 'none', reason: null });
  const deaf = { ...leg, received: 0, lost: 0 };
  backend.pbx.report({
    ...{ kind: 'leg_counted', at: Date.now(), callKey: mine.callKey, leg: 'customer-1' },
    ...{ extension: null, count: deaf },
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

const cleanPath = {
  ...{ roundTripMs: 30, jitterMs: 2, lossPercent: 0, sentLossPercent: 0 },
  ...{ packetsSent: 40, packetsReceived: 36 },
};
const proofOf = (at: number, part: Partial<ProofFact> = {}): ProofFact => ({
  ...{ kind: 'proof', id: randomUUID(), at, what: 'media_path', cause: null, path: cleanPath },
  ...part,
});

test('a call is judged by what its desk proved before and after it, and that is kept with it', async () => {
  const at = Date.now() - 120_000;
  const alice = await backend.signIn('alice');
  // Twenty minutes before the call it says nothing any more.
  const before = proofOf(at - 300_000, { path: { ...cleanPath, lossPercent: 12 } });
  const old = proofOf(at - 1_300_000, { what: 'ringer', cause: 'ringer_silent', path: null });
  expect(await tell(alice, eventOf(before), eventOf(old))).toMatchObject({ refused: [] });
  expect(await tell(alice, eventOf(before))).toMatchObject({ refused: [], stored: [before.id] });
  const other = await tell(alice, eventOf({ ...before, path: null }));
  expect(other.refused).toMatchObject([{ id: before.id }]);
  const mine = await heard('alice', { ...bad, at });
  const kept = { what: 'media_path', when: 'before', ageMs: 240_000, path: before.path };
  expect((await lineOf(mine))?.judged).toMatchObject({
    ...{ verdict: 'home_network', reason: 'path_bad', proofs: [kept] },
  });
  // What is proven later is seen as well, and of nobody else.
  const after = proofOf(at + 5_000, { cause: 'no_media_path', path: null });
  await tell(await backend.signIn('bruno'), eventOf(proofOf(at + 1_000), people.bruno.id));
  expect(await tell(mine.client, eventOf(after))).toMatchObject({ refused: [] });
  await backend.backend.idle();
  const both = { what: 'media_path', when: 'after', ageMs: 5_000, cause: 'no_media_path' };
  expect((await lineOf(mine))?.judged?.proofs).toMatchObject([kept, both]);
});

test('the ten seconds of line in a shift-start check are such a proof', async () => {
  const at = Date.now() - 60_000;
  const mine = await heard('alice', { ...bad, at });
  expect((await lineOf(mine))?.judged).toMatchObject({ reason: 'desk_uncompared', proofs: [] });
  const line = {
    ...{ state: 'measured' as const, seconds: 10, roundTripMs: 30, jitterMs: 2 },
    ...{ lossPercent: 0.1, mos: 4.3 },
  };
  const check: ShiftCheckFact = {
    ...{ kind: 'shift_check', id: randomUUID(), at: at + 30_000, measured: { line } },
  };
  expect(await tell(mine.client, eventOf(check))).toMatchObject({ refused: [] });
  await backend.backend.idle();
  expect((await lineOf(mine))?.judged).toMatchObject({
    ...{ verdict: 'unknown', reason: 'path_clean' },
    proofs: [{ when: 'after', ageMs: 30_000, path: { packetsSent: 500 } }],
  });
});

test('a batch of lines is stored once, and what differs is refused without the others', async () => {
  const alice = await backend.signIn('alice');
  const facts = Array.from({ length: 40 }, () => factOf(randomUUID(), randomUUID()));
  expect((await tell(alice, ...facts.map((fact) => eventOf(fact)))).stored).toHaveLength(40);
  const [first, ...others] = facts.map((fact) => eventOf(fact));
  const fresh = eventOf(factOf(randomUUID(), randomUUID()));
  const changed = { ...first, body: { topic: 'evidence', fact: { ...facts[0], mosMean: 1.5 } } };
  const receipt = await tell(alice, changed, ...others, fresh, fresh);
  expect(receipt.refused).toMatchObject([{ id: first?.id }]);
  expect(receipt.stored).toHaveLength(40);
  const [row] = await backend.database.query<{ readonly count: number }>(
    'SELECT count(*) FROM line_summaries',
  );
  expect(row?.count).toBe(41);
});

test('a leg that two backends are told of is stored once; two legs of one side are two', async () => {
  const other = await startBackend(backend.database);
  try {
    const callKey = randomUUID();
    const event = { kind: 'leg_counted', callKey, count: leg } as const;
    const { extension } = people.alice;
    for (const name of ['1768000000.1', '1768000000.7']) {
      for (const pbx of [backend.pbx, other.pbx]) {
        pbx.report({ ...event, leg: name, at: Date.now(), extension });
      }
    }
    backend.pbx.report({ ...event, leg: '1768000000.2', at: Date.now(), extension: null });
    // A phone that is nobody's.
    backend.pbx.report({ ...event, leg: '1768000000.3', at: Date.now(), extension: '999999' });
    await Promise.all([backend.backend.idle(), other.backend.idle()]);
    const legs = await backend.database.query(
      'SELECT leg, agent_id AS "agentId" FROM leg_counts WHERE call_key = $1 ORDER BY leg',
      [callKey],
    );
    expect(legs).toEqual([
      { leg: '1768000000.1', agentId: people.alice.id },
      { leg: '1768000000.2', agentId: null },
      { leg: '1768000000.7', agentId: people.alice.id },
    ]);
  } finally {
    await other.stop();
  }
});

const counts = async () =>
  (
    await backend.database.query<Readonly<Record<string, number>>>(
      `SELECT (SELECT count(*) FROM leg_counts) AS legs, (SELECT count(*) FROM line_verdicts) AS verdicts,
         (SELECT count(*) FROM line_summaries) AS lines, (SELECT count(*) FROM line_proofs) AS proofs`,
    )
  )[0];

/** A call of so many days ago with all that is kept of its sound. */
const heardBefore = async (who: 'alice' | 'bruno', days: number) => {
  const at = Date.now() - days * 86_400_000;
  const mine = await heard(who, { ...bad, at });
  const event = { kind: 'leg_counted', at, callKey: mine.callKey, count: leg } as const;
  const { extension } = people[who];
  backend.pbx.report({ ...event, leg: `${String(days)}.1`, extension: null });
  backend.pbx.report({ ...event, leg: `${String(days)}.2`, extension });
  await tell(mine.client, eventOf(proofOf(at + 1_000), people[who].id));
  await backend.backend.idle();
  return mine;
};

test('what is older than the centre keeps is destroyed, but for what must not be', async () => {
  const given = readCentre(JSON.stringify({ lineEvidence: { keepDays: 30 } }));
  if (!given.ok) throw new Error(given.why.join());
  await applyCentre(backend.database, given.value, randomUUID);
  expect(await showCentre(backend.database)).toMatchObject({ lineEvidence: { keepDays: 30 } });
  const held = await heardBefore('alice', 50);
  await heardBefore('bruno', 40);
  const { client } = await heardBefore('alice', 29);
  await backend.database.query(
    `INSERT INTO legal_holds (id, contact_id, reason, since)
     SELECT gen_random_uuid(), id, 'a claim', 1 FROM contacts WHERE call_key = $1`,
    [held.callKey],
  );
  expect(await counts()).toEqual({ legs: 6, verdicts: 3, lines: 3, proofs: 3 });
  await backend.backend.sweep();
  expect(await counts()).toEqual({ legs: 4, verdicts: 2, lines: 2, proofs: 1 });
  expect((await lineOf({ ...held, client }))?.judged).toMatchObject({
    customerLeg: leg,
    agentLeg: leg,
  });
});

test('nothing of the sound of an agent who is deleted stays', async () => {
  await heardBefore('alice', 1);
  const bruno = await backend.signIn('bruno');
  const [callKey, at] = [randomUUID(), Date.now() - 1_000];
  const told = [factOf(randomUUID(), callKey, bad), proofOf(at)];
  await tell(bruno, ...told.map((fact) => eventOf(fact, people.bruno.id)));
  const { extension } = people.bruno;
  backend.pbx.report({ kind: 'leg_counted', callKey, at, count: leg, leg: '1.9', extension });
  await backend.backend.idle();
  expect(await counts()).toEqual({ legs: 3, verdicts: 2, lines: 2, proofs: 2 });
  await backend.database.query('DELETE FROM agent_state_log WHERE agent_id = $1', [
    people.bruno.id,
  ]);
  await backend.database.query('DELETE FROM users WHERE id = $1', [people.bruno.id]);
  expect(await counts()).toEqual({ legs: 2, verdicts: 1, lines: 1, proofs: 1 });
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
