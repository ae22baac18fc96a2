import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import { makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
beforeEach(async () => {
  backend = await startBackend((await server.fresh()).database, {
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
