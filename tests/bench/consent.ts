import type { Measure } from '../../scripts/platform/figures.ts';
import { measureKeeping } from './consent/keeping.ts';
import { measureWordToDeed } from './consent/word-to-deed.ts';

/** What is measured of consent and recording: one file each in tests/bench/consent. */
export const measures: readonly Measure[] = [measureWordToDeed, measureKeeping];
