import type { ReportLine } from '../../../../shared/api/reports.ts';

export type DayPoint = {
  readonly from: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** null: nobody came. */
  readonly serviceLevel: number | null;
};

const halfHourMs = 30 * 60_000;

/**
 * The day of some queues together, half hour by half hour: from the first in which somebody called to the one of now,
 * quiet ones in between included. `queues` null: all.
 */
export const dayPoints = (
  lines: readonly ReportLine[],
  queues: ReadonlySet<string> | null,
  now: number,
): readonly DayPoint[] => {
  const sums = new Map<
    number,
    { offered: number; answered: number; abandoned: number; counted: number; inTime: number }
  >();
  for (const { from, key, figures } of lines) {
    if (queues !== null && !queues.has(key)) continue;
    const offered = figures.offered ?? 0;
    const short = figures.shortAbandons ?? 0;
    const sum = sums.get(from) ?? { offered: 0, answered: 0, abandoned: 0, counted: 0, inTime: 0 };
    sum.offered += offered;
    sum.answered += figures.answered ?? 0;
    sum.abandoned += (figures.abandoned ?? 0) - short;
    sum.counted += offered - short;
    // A share of counts: what was rounded away comes back.
    sum.inTime += Math.round((figures.serviceLevel ?? 0) * (offered - short));
    sums.set(from, sum);
  }
  const first = Math.min(...sums.keys());
  const points: DayPoint[] = [];
  for (let from = first; from <= now && Number.isFinite(from); from += halfHourMs) {
    const sum = sums.get(from);
    points.push({
      from,
      offered: sum?.offered ?? 0,
      answered: sum?.answered ?? 0,
      abandoned: sum?.abandoned ?? 0,
      serviceLevel: sum === undefined || sum.counted === 0 ? null : sum.inTime / sum.counted,
    });
  }
  return points;
};
