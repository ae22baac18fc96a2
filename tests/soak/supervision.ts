import type { Measure } from '../../scripts/platform/figures.ts';
import { measureJoins } from './supervision/joins.ts';
import { measureOpenFloor } from './supervision/open-floor.ts';

/** What is proven of supervisors: one file each in tests/soak/supervision. */
export const measures: readonly Measure[] = [measureJoins, measureOpenFloor];
