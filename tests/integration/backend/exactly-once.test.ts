import { expect, test } from 'vitest';
import { proveExactlyOnce } from '../../support/ledger/exactly-once.ts';

test('events sent three times, shuffled, while desk, backend and database are killed, take effect once', async () => {
  const result = await proveExactlyOnce({
    seeds: [1, 2, 3, 4],
    eventsPerSeed: 60,
    lanes: 2,
    progress: () => undefined,
  });
  expect(result.flaws).toEqual([]);
  expect(result.deskKills).toBeGreaterThan(0);
  expect(result.backendKills + result.databaseKills).toBeGreaterThan(0);
}, 180_000);
