import type { Figure, Measure } from '../../scripts/platform/figures.ts';
import { measurePlantedDigits } from './consent/planted-digits.ts';
import { measureRecordedCalls } from './consent/recorded-calls.ts';

/** What is proven of consent and recording: one file each in tests/soak/consent. */
const measures: readonly Measure[] = [measureRecordedCalls, measurePlantedDigits];

export const measure: Measure = async (options) => {
  const figures: Figure[] = [];
  for (const each of measures) figures.push(...(await each(options)));
  return figures;
};
