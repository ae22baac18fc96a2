import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { DeskState } from '../../../src/shared/api/routes.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';

const backend = backendForEachTest();
let alice: Client;
let bruno: Client;

beforeEach(async () => {
  alice = await backend.signIn('alice');
  bruno = await backend.signIn('bruno');
});

/** Alice talked with somebody, and parked them. */
const park = async (): Promise<{ readonly callKey: string; readonly since: number }> => {
  const callKey = randomUUID();
  const since = Date.now();
  const leg = { at: since, callKey, extension: '1001' };
  const remote = { remoteNumber: '+13035550123', remoteName: 'NORA W' };
  backend.pbx.report({ kind: 'leg_offered', ...leg, ...remote, queue: 'support' });
  backend.pbx.report({ kind: 'leg_answered', ...leg });
  await alice.next('agent', ({ agent }) => agent.state.state === 'engaged');
  backend.pbx.report({ kind: 'leg_ended', ...leg, answered: true, cause: 16 });
  // who parked is told a moment after the place
  backend.pbx.report({ kind: 'parked', ...leg, slot: '701', extension: null, since });
  backend.pbx.report({ kind: 'parked', ...leg, slot: '701', since });
  return { callKey, since };
};
const deskOf = async (username: string): Promise<DeskState> =>
  (await backend.signIn(username)).session.desk;

test('a parked customer is told to every desk as the card has it, and to whoever signs in later', async () => {
  const { callKey, since } = await park();
  const parked = {
    callKey,
    slot: '701',
    queue: 'support',
    name: 'Nora Whitfield',
    number: '(303) 555-0123',
    parkedBy: 'The alice',
    since,
  };
  for (const client of [alice, bruno]) {
    await client.next('parked', (push) => push.parked[0]?.parkedBy === 'The alice');
    expect(client.pushes.findLast(({ kind }) => kind === 'parked')).toEqual({
      kind: 'parked',
      parked: [parked],
    });
  }
  const desk = await deskOf('sofia');
  expect(desk.parked).toEqual([parked]);
  expect(desk.capabilities.parking).toBe(true);
});

test('whoever picks the customer up is engaged, with the card; who is too late has missed nothing', async () => {
  const { callKey } = await park();
  const at = Date.now();
  const remote = { remoteNumber: '+13035550123', remoteName: 'NORA W', queue: null, pickUp: true };
  const leg = { at, callKey, extension: '1002' };
  backend.pbx.report({ kind: 'leg_offered', ...leg, ...remote });
  backend.pbx.report({ kind: 'leg_offered', ...leg, ...remote, extension: '1001' });
  backend.pbx.report({ kind: 'unparked', at, callKey });
  backend.pbx.report({ kind: 'leg_answered', ...leg });
  backend.pbx.report({
    kind: 'leg_ended',
    ...{ at, callKey, extension: '1001', answered: false, cause: null },
  });
  await bruno.next('card', ({ card }) => card.callKey === callKey);
  await bruno.next('agent', ({ agent }) => agent.state.state === 'engaged');
  await bruno.next('parked', (push) => push.parked.length === 0);
  await backend.backend.idle();
  const latest = alice.pushes.findLast((push) => push.kind === 'agent');
  expect(latest).toMatchObject({ agent: { state: { state: 'wrap_up' } } });
});

test('a customer who gives up is parked no longer', async () => {
  const { callKey } = await park();
  await bruno.next('parked', (push) => push.parked.length === 1);
  backend.pbx.report({ kind: 'call_ended', at: Date.now(), callKey });
  await bruno.next('parked', (push) => push.parked.length === 0);
  expect((await deskOf('sofia')).parked).toEqual([]);
});
