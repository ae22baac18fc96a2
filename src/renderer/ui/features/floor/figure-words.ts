import type { BoardQueue, BoardTerms } from '../../../../shared/api/board.ts';
import type { Tone } from '../../components/Tag.tsx';

type QueueTerms = BoardTerms['queues'][number];

/** `84%`; null: there is nothing to count from. */
export const shareText = (share: number | null, locale: string, none: string): string =>
  share === null
    ? none
    : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** How a share stands to its target; further below is worse. */
export const toneOfShare = (share: number | null, target: number): Tone | undefined =>
  share === null
    ? undefined
    : share >= target
      ? 'ready'
      : share >= target - 0.15
        ? 'wrap-up'
        : 'danger';

/** A wait past the time in which calls ought to be answered. */
export const toneOfWait = (waitMs: number, { serviceLevelMs }: QueueTerms): Tone | undefined =>
  waitMs >= 3 * serviceLevelMs ? 'danger' : waitMs >= serviceLevelMs ? 'wrap-up' : undefined;

/** The queue that needs somebody most comes first: by who waits for how long, then by the service level. */
export const compareQueues = (a: BoardQueue, b: BoardQueue): number =>
  b.waiting - a.waiting ||
  (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) ||
  (a.serviceLevelToday ?? 2) - (b.serviceLevelToday ?? 2);
