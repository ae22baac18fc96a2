import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { DeskState } from '../../../src/shared/api/routes.ts';
import { type Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { people } from '../../support/centre.ts';
import { createJournal, ledger, wholeCall } from '../../support/journal.ts';
import { makeTeams } from '../../support/recorded-contact.ts';

const backend = backendForEachTest();
const home = {
  ...{ street: '500 Congress Ave', unit: 'Apt 4', city: 'Austin' },
  ...{ region: 'TX', postalCode: '78701', country: 'US' },
};
const cafe = { ...home, street: '12 Lake Rd', unit: '' };
const network = 'a'.repeat(32);
const elsewhere = 'b'.repeat(32);

let alice: Client;
let sofia: Client;
let bruno: Client;
beforeEach(async () => {
  await makeTeams(backend.database);
  alice = await backend.signIn('alice');
  sofia = await backend.signIn('sofia');
  bruno = await backend.signIn('bruno');
});

const confirm = (where: string, address: object) =>
  alice.ask('PUT', '/emergency/address', { network: where, address });
const moved = async (where: string | null) =>
  (await alice.ask('PUT', '/emergency/network', { network: where })).body;
const dials = (number: string, callKey: string = randomUUID()): string => {
  const { extension } = people.alice;
  backend.pbx.report({ kind: 'outbound_dialed', at: Date.now(), callKey, extension, number });
  return callKey;
};
const told = async (callKey: string) =>
  (await sofia.next('emergency', ({ call }) => call.callKey === callKey)).call;
const audited = async (): Promise<readonly unknown[]> =>
  backend.database.query(
    `SELECT actor, details FROM audit_log WHERE action = 'emergency_call' ORDER BY at`,
  );

test('an address is asked for once in each network, and the last one is offered', async () => {
  expect(await moved(network)).toEqual({ confirmed: null, latest: null });
  expect((await confirm(network, home)).status).toBe(204);
  expect(await moved(network)).toEqual({ confirmed: home, latest: home });
  expect(await moved(elsewhere)).toEqual({ confirmed: null, latest: home });
  await confirm(elsewhere, cafe);
  expect(await moved(network)).toEqual({ confirmed: home, latest: cafe });
  expect(await moved(null)).toEqual({ confirmed: null, latest: cafe });
  expect((await confirm(network, { ...home, city: '' })).status).toBe(400);
});

test('supervisors of the agent are told at once, once, by whoever says it first', async () => {
  await confirm(network, home);
  const callKey = dials('911');
  const call = await told(callKey);
  expect(call).toEqual({
    callKey,
    agent: {
      id: people.alice.id,
      name: 'The alice',
      extension: people.alice.extension,
    },
    number: '911',
    at: call.at,
    address: home,
    isConfirmed: true,
  });
  // The phone's own account of it, later.
  const journal = createJournal(people.alice.id);
  const { id, callId, at } = wholeCall(callKey, Date.now()).offered;
  const fact = { kind: 'dialed', id, callId, callKey, at, remoteNumber: '911' } as const;
  const stored = await alice.ask('POST', '/events', { events: [journal.event(ledger(fact))] });
  expect(stored.body).toMatchObject({ refused: [] });
  await backend.backend.idle();
  expect(await audited()).toEqual([
    { actor: people.alice.id, details: { callKey, number: '911' } },
  ]);
  expect(bruno.pushes.some(({ kind }) => kind === 'emergency')).toBe(false);
  expect(alice.pushes.some(({ kind }) => kind === 'emergency')).toBe(false);
  // Whoever signs in within the hour.
  const later = await backend.signIn('sofia');
  const desk: DeskState = later.session.desk;
  expect(desk.emergencies).toEqual([call]);
});

test('an address of another network is told as what it is, and an ordinary call to nobody', async () => {
  await confirm(network, home);
  await moved(elsewhere);
  expect(await told(dials('911'))).toMatchObject({ address: home, isConfirmed: false });
  dials('+12025550123');
  dials('1002');
  await backend.backend.idle();
  expect(await audited()).toHaveLength(1);
});
