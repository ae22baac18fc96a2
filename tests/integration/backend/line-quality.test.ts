import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LineFact } from '../../../src/shared/api/evidence.ts';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
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
