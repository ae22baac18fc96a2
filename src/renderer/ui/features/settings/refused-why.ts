import type { RefusedEventView } from '../../../../shared/ipc/desk.ts';

/** What the backend says of an event that it will not take, in kinds that have words in every language. */
const kinds = [
  [/stored before with other content/u, 'other_content'],
  [/more than a day ahead/u, 'future'],
  [/another agent/u, 'other_agent'],
  [/another call/u, 'other_call'],
  [/could not store/u, 'not_stored'],
  [/^unreadable$/u, 'unreadable'],
] as const;

export type RefusedWhy = (typeof kinds)[number][1] | 'invalid';

export const refusedWhy = ({ why }: Pick<RefusedEventView, 'why'>): RefusedWhy =>
  kinds.find(([pattern]) => pattern.test(why))?.[1] ?? 'invalid';

export type RefusedKind = 'call' | 'wrap_up' | 'consent' | 'desk' | 'unknown';

const kindOf: Readonly<Record<string, RefusedKind>> = {
  wrap_up_completed: 'wrap_up',
  wrap_up_corrected: 'wrap_up',
  asked: 'consent',
  granted: 'consent',
  refused: 'consent',
  withdrawn: 'consent',
  ring: 'desk',
  desk_span: 'desk',
  shift_check: 'desk',
};

export const refusedKind = ({ kind }: Pick<RefusedEventView, 'kind'>): RefusedKind =>
  kind === null ? 'unknown' : (kindOf[kind] ?? 'call');
