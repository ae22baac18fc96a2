import type { BoardQueue, BoardTerms } from '../../../shared/api/board.ts';
import { figuresOf } from '../../../shared/domain/reporting/figures.ts';
import { dayAround, intervalsBetween } from '../../../shared/domain/reporting/intervals.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { readSums } from '../reports/report-repository.ts';
import { readRecent, readWaiting, type WaitingRow } from './board-repository.ts';

/** What is known of queues beside who waits in them, which changes from one moment to the next. */
export type QueueFigures = {
  readonly waiting: () => Promise<ReadonlyMap<string, WaitingRow>>;
  readonly read: () => Promise<ReadonlyMap<string, QueueCounts>>;
  readonly day: () => BoardTerms['day'];
};

export type QueueCounts = Omit<BoardQueue, 'name' | 'waiting' | 'waitingSince' | 'ready'>;

export const noCounts: QueueCounts = {
  serviceLevelNow: null,
  offeredNow: 0,
  serviceLevelToday: null,
  offeredToday: 0,
  answeredToday: 0,
  abandonedToday: 0,
};

export const recentMs = 30 * 60_000;
const maximumQueues = 10_000;

export const createQueueFigures = (
  database: Database,
  now: Now,
  timeZone: string,
): QueueFigures => {
  const day = (): BoardTerms['day'] => {
    const around = dayAround(now(), timeZone);
    const found = around.ok
      ? intervalsBetween({ ...around.value, interval: 'day', zone: timeZone })
      : around;
    const [today] = found.ok ? found.value : [];
    // The zone was looked at when the backend started.
    if (today === undefined) throw new Error(`no day in ${timeZone}`);
    return { from: today.from, to: today.to, zone: timeZone };
  };

  return {
    day,
    waiting: async () => new Map((await readWaiting(database)).map((row) => [row.queue, row])),
    read: async () => {
      const at = now();
      const { from, to } = day();
      const [recent, sums] = await Promise.all([
        readRecent(database, at - recentMs, at),
        readSums(database, {
          by: 'queue',
          bounds: [from, to],
          agentIds: null,
          queues: null,
          now: at,
          limit: maximumQueues,
        }),
      ]);
      const counts = new Map<string, QueueCounts>();
      for (const { queue, counted, inTime } of recent) {
        counts.set(queue, {
          ...noCounts,
          serviceLevelNow: counted > 0 ? inTime / counted : null,
          offeredNow: counted,
        });
      }
      for (const { key, cause, place: _place, ...row } of sums) {
        // Misses have lines of their own, by cause.
        if (cause !== '') continue;
        const { serviceLevel, offered, answered, abandoned, shortAbandons } = figuresOf({
          sums: row,
          longestWaitMs: null,
          view: 'ringside',
          scope: { subject: 'queue', someAgents: false },
        });
        counts.set(key, {
          ...(counts.get(key) ?? noCounts),
          serviceLevelToday: serviceLevel,
          offeredToday: offered ?? 0,
          answeredToday: answered ?? 0,
          abandonedToday: (abandoned ?? 0) - (shortAbandons ?? 0),
        });
      }
      return counts;
    },
  };
};
