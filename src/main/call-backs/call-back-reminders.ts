import { isDeepStrictEqual } from 'node:util';
import type { DeskCallBacks } from '../../shared/api/call-backs.ts';
import {
  nextReminderAt,
  reminderKey,
  remindersAt,
} from '../../shared/domain/call-back/call-back-reminder.ts';
import type { CallBackNews } from '../../shared/ipc/call-backs.ts';
import type { DeskStore } from '../desk/desk-store.ts';

export type CallBackReminderPorts = {
  readonly store: DeskStore;
  /** Epoch ms of the server's clock. */
  readonly now: () => number;
  /** A call rings or goes on: nothing is said, and the number in the rail tells. */
  readonly isInCall: () => boolean;
  /** Calls back after so long; returns the way to cancel. */
  readonly setTimer: (run: () => void, afterMs: number) => () => void;
};

/**
 * Reminds of each call-back a moment before and when it is time, and at the sign-in of what was due before. During a
 * call it waits. One timer, for the next of these.
 */
export type CallBackReminders = {
  /** Desk or calls changed. */
  readonly follow: () => void;
  /** null: what was due at the sign-in. */
  readonly dismiss: (callBackId: string | null) => void;
  readonly stop: () => void;
};

const dueNow = ({ due, toldAt, upcoming }: DeskCallBacks, at: number): number =>
  due + upcoming.filter(({ dueAt }) => dueAt > toldAt && dueAt <= at).length;

/** Longer ago than what is reminded of one by one. */
const dueBefore = ({ due, toldAt, upcoming }: DeskCallBacks): number =>
  due - upcoming.filter(({ dueAt }) => dueAt <= toldAt).length;

export const createCallBackReminders = (ports: CallBackReminderPorts): CallBackReminders => {
  const { store, now } = ports;
  const read = new Set<string>();
  let userId: string | null = null;
  let overdue = 0;
  let cancel: (() => void) | null = null;

  const show = (news: CallBackNews | null): void => {
    const shown = store.snapshot().callBackNews ?? null;
    if (!isDeepStrictEqual(shown, news)) store.update({ callBackNews: news });
  };

  /** Shows what there is; answers when to look again. */
  const look = (): number => {
    const { session, callBacks = null } = store.snapshot();
    const nextUser = session.state === 'signed_in' ? session.user.id : null;
    if (nextUser !== userId) {
      userId = nextUser;
      read.clear();
      overdue = callBacks === null ? 0 : dueBefore(callBacks);
    }
    if (nextUser === null || callBacks === null) {
      show(null);
      return Infinity;
    }
    const at = now();
    const isQuiet = ports.isInCall();
    const open = remindersAt(callBacks.upcoming, at).filter(
      (reminder) => !read.has(reminderKey(reminder)),
    );
    show({
      due: dueNow(callBacks, at),
      overdue: isQuiet ? 0 : Math.max(0, Math.min(overdue, callBacks.due)),
      reminders: isQuiet ? [] : [...open],
    });
    return nextReminderAt(callBacks.upcoming, at);
  };

  const follow = (): void => {
    cancel?.();
    cancel = null;
    const next = look();
    if (Number.isFinite(next)) cancel = ports.setTimer(follow, Math.max(1, next - now()));
  };

  return {
    follow,
    dismiss: (callBackId) => {
      if (callBackId === null) overdue = 0;
      for (const reminder of remindersAt(store.snapshot().callBacks?.upcoming ?? [], now())) {
        if (reminder.id === callBackId) read.add(reminderKey(reminder));
      }
      follow();
    },
    stop: () => {
      cancel?.();
      cancel = null;
    },
  };
};
