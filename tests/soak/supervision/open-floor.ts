import { progress, type Measure } from '../../../scripts/platform/figures.ts';
import { openFloorFor } from '../../bench/supervision/board.ts';

const plans = {
  full: { forMs: 60 * 60_000, warmMs: 60_000 },
  quick: { forMs: 60_000, warmMs: 10_000 },
} as const;

/** A floor that is left open: whether it needs more and more. */
export const measureOpenFloor: Measure = async ({ quick }) => {
  const plan = plans[quick ? 'quick' : 'full'];
  progress(`a floor that is open for ${String(plan.forMs / 60_000)} min`);
  return (await openFloorFor(plan)).memory;
};
