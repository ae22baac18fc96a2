import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import {
  handleTimeOf,
  inOrder,
  isConsultLeg,
  isMailboxLeg,
  segmentsOf,
  type HandleTime,
  type Segment,
} from '../../../shared/domain/handle-time/segments.ts';
import {
  wrapUpRecordOf,
  type WrapUpVersion,
} from '../../../shared/domain/wrap-up/wrap-up-record.ts';

/** A leg as its facts add up, the same wherever and in whatever order they are folded. */
export type LegProjection = HandleTime & {
  readonly segments: readonly Segment[];
  readonly isConsult: boolean;
  readonly isMailbox: boolean;
  /** The queue that offered it; a contact may pass several. */
  readonly queue: string | null;
  /** null: it is no customer's call. */
  readonly direction: 'inbound' | 'outbound' | null;
  readonly startedAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** When the last segment closed after the end; null while a clock runs. */
  readonly finishedAt: number | null;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly furtherCodes: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly notes: string;
  readonly wrappedUpAt: number | null;
  readonly wrappedUpBy: WrapUpVersion['by'] | null;
  /** null: what was said first still stands. */
  readonly correctedAt: number | null;
};

/** PostgreSQL's text holds every character but this one. */
const withoutNul = (text: string): string => text.replaceAll('\u0000', '');

export const projectLeg = (facts: readonly LedgerFact[]): LegProjection => {
  const ordered = inOrder(facts);
  const segments = segmentsOf(ordered);
  const first = (kind: LedgerFact['kind']) => ordered.find((fact) => fact.kind === kind);
  const ended = ordered.find((fact) => fact.kind === 'ended');
  const offered = ordered.find((fact) => fact.kind === 'offered');
  const direction = offered === undefined && first('dialed') ? 'outbound' : 'inbound';
  const wrapUp = wrapUpRecordOf(ordered);
  const words = wrapUp?.current ?? { codes: [], fields: {}, notes: '' };
  const [code = null, ...furtherCodes] = words.codes.map(withoutNul);
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
    isMailbox: isMailboxLeg(ordered),
    queue: offered?.queue ?? null,
    direction: isConsultLeg(ordered) || isMailboxLeg(ordered) ? null : direction,
    startedAt: ordered[0]?.at ?? null,
    answeredAt: first('answered')?.at ?? null,
    endedAt: ended?.at ?? null,
    finishedAt: ended === undefined || isRunning ? null : (last?.endedAt ?? ended.at),
    outcome: ended?.outcome ?? null,
    code,
    furtherCodes,
    fields: Object.fromEntries(
      Object.entries(words.fields).map(([key, value]) => [key, withoutNul(value)]),
    ),
    notes: withoutNul(words.notes),
    wrappedUpAt: wrapUp?.completedAt ?? null,
    wrappedUpBy: wrapUp?.completedBy ?? null,
    correctedAt: wrapUp?.correctedAt ?? null,
  };
};
