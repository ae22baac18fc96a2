import type { Measure } from '../../scripts/platform/figures.ts';
import { measurePresses } from './headset/presses.ts';
import { measureSound } from './headset/sound.ts';

/** What is measured of headsets, devices and sound: one file each in tests/bench/headset. */
export const measures: readonly Measure[] = [measureSound, measurePresses];
