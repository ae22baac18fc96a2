import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EventReceipt } from '../../../src/shared/api/events.ts';
import type { OwnShiftChecks, ShiftCheckFact } from '../../../src/shared/api/shift-checks.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import type { Client } from '../../support/backend.ts';
import { people } from '../../support/centre.ts';

const backend = backendForEachTest();

const measured: ShiftCheckFact['measured'] = {
  machine: {
    ...{ busyPercent: 20, lateMs: 5, freeMegabytes: 50_000, writable: true },
    ...{ clockOffMs: 0, vpn: ['tun0'] },
  },
  microphone: {
    ...{ state: 'heard', noiseDbfs: -60, speechDbfs: -26 },
    ...{ clippedPercent: 0, handsFree: false },
  },
  ringer: { played: true, heard: false },
};
const factOf = (part: Partial<ShiftCheckFact> = {}): ShiftCheckFact => ({
  ...{ kind: 'shift_check', id: randomUUID(), at: Date.now() - 1_000, measured },
  ...part,
});
const tell = async (
  who: Client,
  fact: ShiftCheckFact,
  agentId: string = people.alice.id,
): Promise<EventReceipt> => {
  const event = {
    ...{ id: fact.id, journalId: randomUUID(), seq: 1, agentId, writtenAt: fact.at, offsetMs: 0 },
    body: { topic: 'evidence', fact },
  };
  return (await who.ask('POST', '/events', { events: [event] })).body as EventReceipt;
};
const mine = async (who: Client): Promise<OwnShiftChecks> =>
  (await who.ask('GET', '/shift-checks/mine')).body as OwnShiftChecks;

test('a check is kept once, judged here, and seen by the agent and by whoever supervises them', async () => {
  const [alice, sofia] = [await backend.signIn('alice'), await backend.signIn('sofia')];
  const fact = factOf();
  expect(await tell(alice, fact)).toMatchObject({ refused: [], stored: [fact.id] });
  expect(await tell(alice, fact)).toMatchObject({ refused: [], stored: [fact.id] });
  expect((await tell(alice, { ...fact, measured: {} })).refused).toMatchObject([{ id: fact.id }]);
  const kept = {
    ...{ id: fact.id, at: fact.at, word: 'bad', first: 'ringer_unheard' },
    ...{ skipped: ['line', 'speaker'], measured },
  };
  expect(await mine(alice)).toEqual({ condition: 'none', checks: [kept] });
  const path = `/agents/${people.alice.id}/shift-checks`;
  expect((await sofia.ask('GET', path)).body).toEqual({ checks: [kept] });
  expect((await alice.ask('GET', path)).status).toBe(403);
});

test('a team is held to its own condition, everybody else to the centre’s; old checks are forgotten', async () => {
  const [alice, bruno] = [await backend.signIn('alice'), await backend.signIn('bruno')];
  const label = { en: 'North', es: 'Norte', pt: 'Norte' };
  const given = readCentre(
    JSON.stringify({
      shiftCheck: { condition: 'done', keepDays: 2 },
      teams: [{ name: 'north', label, shiftCheck: 'passed' }],
    }),
  );
  if (!given.ok) throw new Error(given.why.join());
  expect(await applyCentre(backend.database, given.value, randomUUID)).toMatchObject({ ok: true });
  await backend.database.query(`UPDATE users SET team = 'north' WHERE username = 'alice'`);
  expect((await mine(alice)).condition).toBe('passed');
  expect((await mine(bruno)).condition).toBe('done');
  await tell(alice, factOf({ at: Date.now() - 3 * 86_400_000 }));
  const last = factOf();
  await tell(alice, last);
  await backend.backend.sweep();
  expect((await mine(alice)).checks.map(({ id }) => id)).toEqual([last.id]);
});
