import type { Measure } from '../../scripts/platform/figures.ts';
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

const measureReturning: Measure = ({ quick }) =>
  measureReturns({ phones: 200, awayMs: plans[quick ? 'quick' : 'full'].awayMs, seed });

/** The phone is the engine's own page. */
const measurePhones: Measure = async ({ quick }) => {
  const plan = plans[quick ? 'quick' : 'full'];
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
    return [...glares, ...(await measureHostile(bed, { mutants: plan.mutants, seed }))];
  } finally {
    await browser.close();
  }
};

/** Signalling under what breaks others: lost PBX, crossing offers, hostile messages. */
export const measures: readonly Measure[] = [measureReturning, measurePhones];
