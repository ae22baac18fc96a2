import type { Occurrence, PlannedKind } from './activity.ts';

/** A stretch of a plan: the one thing that is planned then. Stretches follow each other and never overlap. */
export type Stretch = {
  readonly kind: PlannedKind;
  readonly label: string;
  readonly startsAt: number;
  readonly endsAt: number;
};

/** What lies above what. Among equals the one that began last, then the one that ends first. */
const rank = { work: 1, meeting: 2, training: 2, break: 2, meal: 2, off: 3 } as const;

const isAbove = (a: Occurrence, b: Occurrence): boolean =>
  rank[a.kind] !== rank[b.kind]
    ? rank[a.kind] > rank[b.kind]
    : a.startsAt !== b.startsAt
      ? a.startsAt > b.startsAt
      : a.endsAt !== b.endsAt
        ? a.endsAt < b.endsAt
        : `${a.kind} ${a.label}` < `${b.kind} ${b.label}`;

const plannedAt = (running: readonly Occurrence[]): Occurrence | null => {
  // Pauses belong to work: without it there is nothing to pause from.
  const atWork = running.some(({ kind }) => kind === 'work');
  const counting = running.filter(({ kind }) => atWork || (kind !== 'break' && kind !== 'meal'));
  return counting.reduce<Occurrence | null>(
    (top, other) => (top === null || isAbove(other, top) ? other : top),
    null,
  );
};

/** The plan that occurrences make together: breaks and meetings lie above work, and `off` takes away what is under it. */
export const planOf = (occurrences: readonly Occurrence[]): readonly Stretch[] => {
  const valid = occurrences
    .filter(({ startsAt, endsAt }) => endsAt > startsAt)
    .sort((a, b) => a.startsAt - b.startsAt);
  const edges = [...new Set(valid.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]))].sort(
    (a, b) => a - b,
  );
  const plan: Stretch[] = [];
  let running: readonly Occurrence[] = [];
  let next = 0;
  for (const [at, startsAt] of edges.entries()) {
    const endsAt = edges[at + 1];
    if (endsAt === undefined) break;
    running = running.filter((occurrence) => occurrence.endsAt > startsAt);
    for (let first = valid[next]; first?.startsAt === startsAt; first = valid[next]) {
      running = [...running, first];
      next += 1;
    }
    const top = plannedAt(running);
    if (top === null || top.kind === 'off') continue;
    const { kind, label } = top;
    const last = plan.at(-1);
    if (last?.endsAt === startsAt && last.kind === kind && last.label === label) {
      plan[plan.length - 1] = { ...last, endsAt };
    } else plan.push({ kind, label, startsAt, endsAt });
  }
  return plan;
};

/** What lies within two instants of a plan, or of anything else that follows each other. */
export const clipped = <Part extends { readonly startsAt: number; readonly endsAt: number }>(
  parts: readonly Part[],
  from: number,
  to: number,
): readonly Part[] =>
  parts
    .map((part) => ({
      ...part,
      startsAt: Math.max(part.startsAt, from),
      endsAt: Math.min(part.endsAt, to),
    }))
    .filter(({ startsAt, endsAt }) => endsAt > startsAt);
