import { activityNear } from '../../../../shared/domain/schedule/upcoming.ts';
import { serverNow } from '../../bridge/clock.ts';
import { useDesk } from '../../bridge/desk-store.ts';

/** How close an activity is when its reasons are suggested. */
const nearMs = 5 * 60_000;

const none: readonly string[] = [];

/** Not-ready reasons that the schedule suggests now, the best one first; none while nothing is near. */
export const useFittingReasons = (): readonly string[] => {
  const shift = useDesk((desk) => desk.shift);
  if (shift === null) return none;
  const kind = activityNear(shift.plan, serverNow(), nearMs);
  return shift.fitting.find((fitting) => fitting.kind === kind)?.reasons ?? none;
};

/** What the schedule suggests comes first; the rest keeps its order. */
export const suggestedFirst = <Reason extends { readonly code: string }>(
  reasons: readonly Reason[],
  fitting: readonly string[],
): readonly Reason[] => [
  ...fitting.flatMap((code) => reasons.filter((reason) => reason.code === code)),
  ...reasons.filter(({ code }) => !fitting.includes(code)),
];
