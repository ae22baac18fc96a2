import { expect } from 'vitest';
import { runJoinedCalls } from '../../support/supervision/joined-calls.ts';
import { test } from './asterisk-under-test.ts';

test('joins are in the chain before they are heard, are heard by whom they are for, and change nothing', async () => {
  const verdict = await runJoinedCalls({ joins: 3, pairs: 3, seed: 7, say: () => undefined });
  expect(verdict).toMatchObject({ joins: 3, late: 0, flaws: [] });
  expect([verdict.quietJoins, verdict.soundAfterMs.length]).toEqual([1, 2]);
  expect(verdict.customerHears).toBeLessThan(-60);
  expect(verdict.agentHears).toBeLessThan(-60);
  expect(verdict.loudest).toBeLessThan(-60);
}, 90_000);
