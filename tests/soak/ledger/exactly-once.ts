import { figureOf, ofPromise, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { proveExactlyOnce } from '../../support/ledger/exactly-once.ts';

const firstSeed = 1;

/** 100,000 events from 1,000 seeds, each sent three times and shuffled, while both ends are killed. */
export const measureExactlyOnce: Measure = async ({ quick }) => {
  const seeds = Array.from({ length: quick ? 8 : 1_000 }, (_, index) => firstSeed + index);
  const range = `seeds ${String(firstSeed)} to ${String(seeds.at(-1))}`;
  progress(`exactly once, ${range}`);
  const result = await proveExactlyOnce({ seeds, eventsPerSeed: 100, lanes: 4, progress });
  for (const flaw of result.flaws.slice(0, 10)) progress(flaw);
  return [
    ofPromise(
      12,
      figureOf(
        `effects that are not exactly once (${range})`,
        result.flaws.length,
        '',
        result.events,
        { exactly: 0 },
      ),
    ),
    figureOf('events, each sent three times', result.events, '', seeds.length),
    figureOf('desks killed', result.deskKills, '', seeds.length),
    figureOf('backends killed', result.backendKills, '', seeds.length),
    figureOf('databases killed', result.databaseKills, '', seeds.length),
  ];
};
