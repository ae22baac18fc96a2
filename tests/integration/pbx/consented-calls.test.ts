import { expect } from 'vitest';
import { runRecordedCalls } from '../../support/consent/recorded-calls.ts';
import { test } from './asterisk-under-test.ts';

test('what is on disk of calls with consent, pauses and a dying backend is what was allowed', async () => {
  const { flaws, longestOverrun, largestSound, recordings } = await runRecordedCalls({
    ...{ calls: 6, agents: 3, backendDiesEvery: 4, pbxDiesEvery: 0 },
    seed: 3,
    say: () => undefined,
  });
  expect(flaws).toEqual([]);
  expect(recordings).toBeGreaterThan(2);
  expect(largestSound).toBeLessThan(0.1);
  // The promise of 0.3 s is measured with the machine to itself; here it has company.
  expect(longestOverrun).toBeLessThan(3);
}, 90_000);
