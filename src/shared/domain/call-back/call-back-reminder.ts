/** When an agent is reminded: a moment before, and when it is time. */

export const remindAheadMs = 5 * 60_000;

type Timed = { readonly id: string; readonly dueAt: number };
export type Reminder = {
  readonly id: string;
  readonly kind: 'soon' | 'due';
  readonly dueAt: number;
};

/** The same key is not told twice; another time is another reminder. */
export const reminderKey = ({ id, kind, dueAt }: Reminder): string =>
  `${id} ${kind} ${String(dueAt)}`;

/** What there is to be reminded of now, the earliest first. */
export const remindersAt = (items: readonly Timed[], now: number): readonly Reminder[] =>
  items
    .filter(({ dueAt }) => dueAt - remindAheadMs <= now)
    .map(({ id, dueAt }) => ({ id, dueAt, kind: dueAt <= now ? 'due' : 'soon' }) as const)
    .sort((a, b) => a.dueAt - b.dueAt);

/** When time alone brings another one; Infinity: it does not. */
export const nextReminderAt = (items: readonly Timed[], now: number): number =>
  Math.min(
    Infinity,
    ...items.flatMap(({ dueAt }) => [dueAt - remindAheadMs, dueAt]).filter((at) => at > now),
  );
