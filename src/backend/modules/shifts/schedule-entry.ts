import type { ActivityKind } from '../../../shared/domain/schedule/activity.ts';

/** What stands at a time on the wall clock: `YYYY-MM-DDTHH:MM:SS`. */
export type LocalSpan = { readonly startsLocal: string; readonly endsLocal: string };

export type EntryChange = {
  /** When the occurrence would begin by the rule. */
  readonly originalLocal: string;
  /** null: it does not take place. */
  readonly moved: (LocalSpan & { readonly kind: ActivityKind; readonly label: string }) | null;
};

export type Zone = {
  /** IANA, or a name that only `definition` explains. */
  readonly name: string;
  /** VTIMEZONE; null: the IANA database knows it. */
  readonly definition: string | null;
};

/** One line of a schedule, once or again and again. */
export type ScheduleEntry = LocalSpan & {
  readonly uid: string;
  readonly kind: ActivityKind;
  readonly label: string;
  readonly zone: Zone;
  /** RRULE with UNTIL in local time; null: once. */
  readonly rule: string | null;
  readonly changes: readonly EntryChange[];
};

export type Target =
  | { readonly kind: 'agent'; readonly agentId: string }
  | { readonly kind: 'team'; readonly team: string };
