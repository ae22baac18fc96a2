import type { Measure } from '../../scripts/platform/figures.ts';
import { measurePop } from './directory/pop.ts';

/** What is measured of other systems: one file each in tests/bench/directory. */
export const measures: readonly Measure[] = [measurePop];
