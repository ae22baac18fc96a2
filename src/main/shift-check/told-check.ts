import type { ShiftCheckFact } from '../../shared/api/shift-checks.ts';
import type { CheckMeasured } from '../../shared/domain/shift-check/measured.ts';

/** To a hundredth: more nobody measures. */
const rounded = <Part extends object>(part: Part): Part =>
  // Each value keeps its kind: numbers are rounded, everything else stays.
  Object.fromEntries(
    Object.entries(part).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'number' ? Math.round(value * 100) / 100 : value,
    ]),
  ) as Part;

/** What was measured, as it is told: what was left out is absent. */
export const toldCheck = (measured: CheckMeasured): ShiftCheckFact['measured'] => {
  const { machine, line, microphone, speaker, ringer } = measured;
  return {
    ...(machine === undefined ? {} : { machine: rounded(machine) }),
    ...(line === undefined ? {} : { line: rounded(line) }),
    ...(microphone === undefined ? {} : { microphone: rounded(microphone) }),
    ...(speaker === undefined ? {} : { speaker: rounded(speaker) }),
    ...(ringer === undefined ? {} : { ringer }),
  };
};
