import type { Measure } from '../../scripts/platform/figures.ts';
import { measurePlantedDigits } from './consent/planted-digits.ts';
import { measureRecordedCalls } from './consent/recorded-calls.ts';

/** What is proven of consent and recording: one file each in tests/soak/consent. */
export const measures: readonly Measure[] = [measureRecordedCalls, measurePlantedDigits];
