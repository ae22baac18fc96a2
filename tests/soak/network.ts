import type { Measure } from '../../scripts/platform/figures.ts';
import { measureEngineCrashes } from './network/engine-crashes.ts';
import { measureLongShift } from './network/long-shift.ts';
import { measureOddMoments } from './network/odd-moments.ts';
import { measureOutages } from './network/outages.ts';
import { measureProfiles } from './network/profiles.ts';
import { measureProgramCrashes } from './network/program-crashes.ts';
import { measureReadyTruth } from './network/ready-truth.ts';
import { measureServerCrashes } from './network/server-crashes.ts';
import { measureSignallingLoss } from './network/signalling-loss.ts';
import { measureWholeDesk } from './network/whole-desk.ts';
import { measureWindowCrashes } from './network/window-crashes.ts';

/** What is promised of remote desks, networks that fail and programs that die: one file each in tests/soak/network. */
export const measures: readonly Measure[] = [
  measureReadyTruth,
  measureOutages,
  measureProfiles,
  measureWholeDesk,
  measureSignallingLoss,
  measureWindowCrashes,
  measureEngineCrashes,
  measureOddMoments,
  measureProgramCrashes,
  measureServerCrashes,
  measureLongShift,
];
