import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Contact } from '../../../src/shared/api/records.ts';
import { until, type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';

const backend = backendForEachTest();

const afterPbx = async (client: Client, callKey: string) => {
  const [row] = await backend.database.query<{ readonly id: string }>(
    'SELECT id FROM contacts WHERE call_key = $1',
    [callKey],
  );
  const { body } = await client.ask('GET', `/contacts/${row?.id ?? ''}`);
  return (body as Contact).legs.map((leg) => leg.afterPbx);
};

/** The PBX's account of the call that `wholeCall` tells, by so much earlier. */
const tellOfPbx = (
  callKey: string,
  startedAt: number,
  earlierMs: readonly [number, number, number],
) => {
  const base = { callKey, extension: '1001' };
  const remote = { remoteNumber: '+13035550123', remoteName: '' };
  const at = (afterMs: number, index: 0 | 1 | 2) => startedAt + afterMs - earlierMs[index];
  const { pbx } = backend;
  pbx.report({ kind: 'leg_offered', ...base, ...remote, queue: 'support', at: at(0, 0) });
  pbx.report({ kind: 'leg_answered', ...base, at: at(1_000, 1) });
  pbx.report({ kind: 'leg_ended', ...base, at: at(4_000, 2), answered: true, cause: 16 });
};

test.each(['the PBX', 'the phone'])(
  'how far the two are apart stands with the leg: %s tells first',
  async (who) => {
    const alice = await backend.signIn('alice');
    const journal = createJournal(people.alice.id);
    const callKey = randomUUID();
    const startedAt = Date.now();
    const tellOfPhone = async () => {
      const events = Object.values(wholeCall(callKey, startedAt)).map((f) =>
        journal.event(ledger(f)),
      );
      expect((await alice.ask('POST', '/events', { events })).body).toMatchObject({ refused: [] });
    };
    if (who === 'the phone') await tellOfPhone();
    tellOfPbx(callKey, startedAt, [15, 2_340, -38]);
    await backend.backend.idle();
    if (who === 'the PBX') await tellOfPhone();
    const ended = { offeredMs: 15, endedMs: -38 };
    // What the PBX tells of an answer after the phone has told of the end is of no use to anybody else.
    const answered = who === 'the PBX' ? { answeredMs: 2_340 } : {};
    await until(async () => (await afterPbx(alice, callKey))[0]?.endedMs === -38);
    expect(await afterPbx(alice, callKey)).toMatchObject([{ ...ended, ...answered }]);
  },
);

test('a customer who comes back is a second leg, compared with its own times', async () => {
  const alice = await backend.signIn('alice');
  const journal = createJournal(people.alice.id);
  const callKey = randomUUID();
  const startedAt = Date.now();
  for (const [begun, difference] of [
    [startedAt, 100],
    [startedAt + 60_000, 250],
  ] as const) {
    tellOfPbx(callKey, begun, [difference, difference, difference]);
    await backend.backend.idle();
    const events = Object.values(wholeCall(callKey, begun)).map((f) => journal.event(ledger(f)));
    expect((await alice.ask('POST', '/events', { events })).body).toMatchObject({ refused: [] });
  }
  expect(await afterPbx(alice, callKey)).toEqual([
    { offeredMs: 100, answeredMs: 100, endedMs: 100 },
    { offeredMs: 250, answeredMs: 250, endedMs: 250 },
  ]);
});
