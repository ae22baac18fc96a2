import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../src/backend/database/database.ts';
import { insertStandingChoices } from '../../../src/backend/modules/consent/standing-choices.ts';
import { insertVoices, pickCaller } from '../../../src/backend/modules/demo/demo-repository.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import { customers, makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { addCalls } from '../../support/deeds/outbox-bed.ts';

let server: DatabaseServer;
let backend: TestBackend;
let database: Database;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ database } = await server.fresh());
  backend = await startBackend(database, {
    config: { demo: true, country: 'PT' },
  });
});
afterEach(() => backend.stop());

test('whoever lets customers call by themselves, every desk shows it, and a later one as well', async () => {
  const alice = await backend.signIn('alice');
  const bruno = await backend.signIn('bruno');
  expect(bruno.session.desk.demoEverySeconds).toBeNull();
  await alice.ask('PUT', '/demo/clock', { everySeconds: 90 });
  for (const client of [alice, bruno]) {
    expect(await client.next('demo_clock')).toEqual({ kind: 'demo_clock', everySeconds: 90 });
  }
  const again = await backend.signIn('bruno');
  expect(again.session.desk.demoEverySeconds).toBe(90);
  expect((await again.next('desk')).desk.demoEverySeconds).toBe(90);
  await again.ask('PUT', '/demo/clock', { everySeconds: null });
  await alice.next('demo_clock', ({ everySeconds }) => everySeconds === null);
  expect((await backend.signIn('bruno')).session.desk.demoEverySeconds).toBeNull();
});

test('desk and phone are told one country', async () => {
  const { session } = await backend.signIn('alice');
  expect(session.desk.country).toBe('PT');
  expect(session.sip?.country).toBe('PT');
});

test('a demo whose customers all call says so by a code of its own', async () => {
  const alice = await backend.signIn('alice');
  // No customer of this centre belongs to the demo: nobody is left to call.
  expect(await alice.ask('POST', '/demo/customer-call', {})).toMatchObject({
    status: 409,
    body: { code: 'customers_busy' },
  });
});

test('customers whose newest word for later calls is a no are called by last of all', async () => {
  const { nora, eleanor, jose } = customers;
  const voices = [nora, eleanor, jose].map(({ id }) => ({ customerId: id, voice: 'one' }));
  await insertVoices(database, voices);
  const [earlier] = await addCalls(database, 1, 2_000);
  const contactId = earlier?.contactId ?? '';
  await database.query('UPDATE contacts SET customer_id = $1', [eleanor.id]);
  const said = (kind: 'granted' | 'refused', at: number) =>
    ({ kind, how: 'voice', at, factId: randomUUID() }) as const;
  await database.transaction((transaction) =>
    insertStandingChoices(transaction, [
      { ...said('refused', 1_000), contactId: null, customerId: nora.id },
      { ...said('refused', 1_500), contactId, customerId: null },
      { ...said('refused', 1_000), contactId: null, customerId: jose.id },
      { ...said('granted', 1_500), contactId: null, customerId: jose.id },
    ]),
  );
  const picked = async (): Promise<string | undefined> =>
    (await pickCaller(database, { mayShareNumber: true }))?.name;
  // By chance alone it would be José 20 times in a row once in three thousand million times.
  for (let time = 0; time < 20; time += 1) expect(await picked()).toBe(jose.name);

  await database.query('DELETE FROM demo_voices WHERE customer_id = $1', [jose.id]);
  expect([nora.name, eleanor.name]).toContain(await picked());
});
