import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import {
  handleTimeOf,
  inOrder,
  isConsultLeg,
  segmentsOf,
  type HandleTime,
  type Segment,
} from '../../../shared/domain/handle-time/segments.ts';

/** A leg as its facts add up, the same wherever and in whatever order they are folded. */
export type LegProjection = HandleTime & {
  readonly segments: readonly Segment[];
  readonly isConsult: boolean;
  readonly startedAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** When the last segment closed after the end; null while a clock runs. */
  readonly finishedAt: number | null;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly notes: string;
};

/** PostgreSQL's text holds every character but this one. */
const withoutNul = (text: string): string => text.replaceAll('\u0000', '');

export const projectLeg = (facts: readonly LedgerFact[]): LegProjection => {
  const ordered = inOrder(facts);
  const segments = segmentsOf(ordered);
  const first = (kind: LedgerFact['kind']) => ordered.find((fact) => fact.kind === kind);
  const ended = ordered.find((fact) => fact.kind === 'ended');
  const wrapUp = ordered.find((fact) => fact.kind === 'wrap_up_completed');
  const last = segments.at(-1);
  const isRunning = last?.endedAt === null;
  return {
    // Open segments count nothing yet: what is stored does not depend on when it was folded.
    ...handleTimeOf(
      segments.filter((segment) => segment.endedAt !== null),
      0,
    ),
    segments,
    isConsult: isConsultLeg(ordered),
    startedAt: ordered[0]?.at ?? null,
    answeredAt: first('answered')?.at ?? null,
    endedAt: ended?.at ?? null,
    finishedAt: ended === undefined || isRunning ? null : (last?.endedAt ?? ended.at),
    outcome: ended?.outcome ?? null,
    code: wrapUp === undefined ? null : withoutNul(wrapUp.code),
    notes: wrapUp === undefined ? '' : withoutNul(wrapUp.notes),
  };
};
