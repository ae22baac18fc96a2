import type { Figure, MeasureOptions } from '../../scripts/platform/figures.ts';
import { progress } from '../../scripts/platform/figures.ts';
import { startEngineBrowser } from '../support/engine-page/engine-page.ts';
import { openFarMedia } from '../support/engine-page/far-media.ts';
import { measureGlares } from './signalling/glares.ts';
import { measureHostile } from './signalling/hostile.ts';
import { measureReturns } from './signalling/returns.ts';

const seed = 4_475;

const plans = {
  full: { glares: 1_000, glarePhones: 8, mutants: 1_000_000, awayMs: [0, 3_000, 12_000] },
  quick: { glares: 16, glarePhones: 4, mutants: 20_000, awayMs: [3_000] },
} as const;

/** Signalling under what breaks others: lost PBX, crossing offers, hostile messages. The phone is the engine's own page. */
export const measure = async ({ quick }: MeasureOptions): Promise<readonly Figure[]> => {
  const plan = plans[quick ? 'quick' : 'full'];
  const returns = await measureReturns({ phones: 200, awayMs: plan.awayMs, seed });
  progress('starting the phones');
  const browser = await startEngineBrowser();
  try {
    const far = await openFarMedia(browser);
    const bed = { browser, far };
    const glares = await measureGlares(bed, {
      phones: plan.glarePhones,
      glares: plan.glares,
      seed,
    });
    return [...returns, ...glares, ...(await measureHostile(bed, { mutants: plan.mutants, seed }))];
  } finally {
    await browser.close();
  }
};
