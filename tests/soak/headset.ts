import type { Measure } from '../../scripts/platform/figures.ts';
import { measureInterleavings } from './headset/interleavings.ts';
import { measureUnplugs } from './headset/unplug.ts';

/** What is measured of headsets, devices and sound: one file each in tests/soak/headset. */
export const measures: readonly Measure[] = [measureUnplugs, measureInterleavings];
