import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import {
  changesOf,
  remindAheadMs,
  remindersOf,
  remindNoLongerMs,
  type Change,
} from '../../shared/domain/schedule/upcoming.ts';
import type { DeskStore } from '../desk/desk-store.ts';

export type ReminderPorts = {
  readonly store: DeskStore;
  /** Epoch ms of the server's clock. */
  readonly now: () => number;
  /** A call rings or goes on: nothing else is said. */
  readonly isInCall: () => boolean;
  /** The plan that the desk holds runs out. */
  readonly refresh: () => void;
  /** Calls back after so long; returns the way to cancel. */
  readonly setTimer: (run: () => void, afterMs: number) => () => void;
};

/**
 * Reminds once of each break, meeting and end of a shift, a moment before it. During a call the reminder waits; it goes
 * when it was read, when the agent did as planned, and when it helps nobody any more. One timer, for the next of these.
 */
export type ShiftReminders = {
  /** Desk or calls changed. */
  readonly follow: () => void;
  readonly stop: () => void;
};

const keyOf = ({ kind, at }: Pick<Change, 'kind' | 'at'>): string => `${kind} ${String(at)}`;

/** The plan is asked for anew while there is so much of it left. */
const refreshBeforeMs = 24 * 3_600_000;
const refreshAgainMs = 10 * 60_000;

/** When a reminder of a change is over: with what it is of, and not too long after it began. */
const overAt = (changes: readonly Change[], change: Pick<Change, 'at'>): number => {
  const next = changes.find(({ at }) => at > change.at)?.at ?? Infinity;
  return Math.min(next, change.at + remindNoLongerMs);
};

const isDoing = ({ agent, shift }: DeskSnapshot, kind: Change['kind']): boolean => {
  if (kind === 'end') return agent?.state.state === 'offline';
  const fits = shift?.fitting.find((fitting) => fitting.kind === kind)?.reasons ?? [];
  return agent?.state.state === 'not_ready' && fits.includes(agent.state.reason);
};

export const createShiftReminders = (ports: ReminderPorts): ShiftReminders => {
  const { store, now } = ports;
  const told = new Set<string>();
  let userId: string | null = null;
  let cancel: (() => void) | null = null;
  let refreshedAt = -Infinity;

  const show = (reminder: DeskSnapshot['shiftReminder']): void => {
    const shown = store.snapshot().shiftReminder;
    if ((shown === null) === (reminder === null)) {
      if (shown === null || reminder === null || keyOf(shown) === keyOf(reminder)) return;
    }
    store.update({ shiftReminder: reminder });
  };

  /** Reminds of what is due; answers when to look again. */
  const look = (): number => {
    const desk = store.snapshot();
    const { session, shift, settings, shiftReminder: shown } = desk;
    const nextUser = session.state === 'signed_in' ? session.user.id : null;
    if (nextUser !== userId) {
      userId = nextUser;
      told.clear();
    }
    if (nextUser === null || shift === null || !settings.shiftReminders) {
      show(null);
      return Infinity;
    }
    const at = now();
    const changes = changesOf(shift.plan);
    const open = remindersOf(shift.plan).filter(
      (change) => !told.has(keyOf(change)) && at < overAt(changes, change),
    );
    const due = open.filter((change) => change.at - remindAheadMs <= at);
    const latest = due.at(-1);
    let current = shown;
    if (latest !== undefined && !ports.isInCall()) {
      for (const change of due) told.add(keyOf(change));
      if (!isDoing(desk, latest.kind)) current = latest;
    }
    const isOver =
      current !== null &&
      (at >= overAt(changes, current) ||
        isDoing(desk, current.kind) ||
        !changes.map(keyOf).includes(keyOf(current)));
    show(isOver ? null : current);

    const left = shift.to - refreshBeforeMs;
    if (at >= left && at - refreshedAt >= refreshAgainMs) {
      refreshedAt = at;
      ports.refresh();
    }
    const times = [
      ...open.filter((change) => !due.includes(change)).map((change) => change.at - remindAheadMs),
      ...(current === null || isOver ? [] : [overAt(changes, current)]),
      Math.max(left, refreshedAt + refreshAgainMs),
    ];
    return Math.min(...times.filter((time) => time > at));
  };

  const follow = (): void => {
    cancel?.();
    cancel = null;
    const next = look();
    if (Number.isFinite(next)) cancel = ports.setTimer(follow, Math.max(1, next - now()));
  };

  return {
    follow,
    stop: () => {
      cancel?.();
      cancel = null;
    },
  };
};
