import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { makeCentre } from '../../support/centre.ts';
import { startDatabaseServer } from '../../support/database.ts';
import { logCalls } from '../../support/deeds/logged-calls.ts';

const seed = 1;

/** 10,000 calls logged at a vendor that fails at random, by backends that are killed: each there once, or seen to be dead. */
export const measureLoggedCalls: Measure = async ({ quick }) => {
  const calls = quick ? 400 : 10_000;
  progress(`${String(calls)} calls are logged`);
  const server = await startDatabaseServer(makeCentre);
  try {
    const { database } = await server.fresh();
    const startedAt = performance.now();
    const result = await logCalls(database, { calls, seed, progress });
    const seconds = (performance.now() - startedAt) / 1_000;
    const flaws = [...result.twice, ...result.missing, ...result.afterRetry];
    for (const flaw of flaws.slice(0, 10)) progress(flaw);
    const n = result.calls;
    return [
      figureOf('calls, or news of them, that stand elsewhere twice', result.twice.length, '', n, {
        exactly: 0,
      }),
      figureOf('calls that stand nowhere and are not dead', result.missing.length, '', n, {
        exactly: 0,
      }),
      figureOf('not there once after the dead were tried again', result.afterRetry.length, '', n, {
        exactly: 0,
      }),
      figureOf('dead letters', result.dead, '', n),
      figureOf('faults of the vendor', result.faults, '', result.requests),
      figureOf('backends killed', result.kills, '', n),
      figureOf('time for all of it', seconds, 's', n),
    ];
  } finally {
    await server.stop();
  }
};
