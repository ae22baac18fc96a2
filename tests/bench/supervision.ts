import type { Measure } from '../../scripts/platform/figures.ts';
import { measureFloor } from './supervision/board.ts';
import { measureJoining } from './supervision/joining.ts';

/** What is measured of supervisors: one file each in tests/bench/supervision. */
export const measures: readonly Measure[] = [measureFloor, measureJoining];
