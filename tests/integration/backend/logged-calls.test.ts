import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';
import { logCalls } from '../../support/deeds/logged-calls.ts';

let server: DatabaseServer;
beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());

// The short form of `npm run soak -- directory`.
test('200 calls stand once each at a vendor that fails at random, or are seen to be dead', async () => {
  const { database } = await server.fresh();
  const result = await logCalls(database, { calls: 200, seed: 7 });
  expect(result).toMatchObject({ calls: 200, twice: [], missing: [], afterRetry: [] });
  expect(result.faults).toBeGreaterThan(20);
  expect(result.kills).toBeGreaterThan(1);
}, 120_000);
