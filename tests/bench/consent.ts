import type { Figure, Measure } from '../../scripts/platform/figures.ts';
import { measureKeeping } from './consent/keeping.ts';
import { measureWordToDeed } from './consent/word-to-deed.ts';

/** What is measured of consent and recording: one file each in tests/bench/consent. */
const measures: readonly Measure[] = [measureWordToDeed, measureKeeping];

export const measure: Measure = async (options) => {
  const figures: Figure[] = [];
  for (const each of measures) figures.push(...(await each(options)));
  return figures;
};
