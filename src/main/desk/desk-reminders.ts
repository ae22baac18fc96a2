import { createCallBackReminders } from '../call-backs/call-back-reminders.ts';
import { callBackRequests } from '../call-backs/call-back-requests.ts';
import { createShiftReminders } from '../shift/shift-reminders.ts';
import { shiftRequests } from '../shift/shift-requests.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';

type Ports = {
  readonly store: DeskStore;
  readonly session: Pick<DeskSession, 'request'>;
  readonly now: () => number;
  /** A call rings or goes on. */
  readonly isInCall: () => boolean;
};

/** What the agent is reminded of: the own shift, and what was promised to customers. */
export const createDeskReminders = ({ store, session, now, isInCall }: Ports) => {
  const setTimer = (run: () => void, afterMs: number): (() => void) => {
    const timer = setTimeout(run, afterMs);
    return () => clearTimeout(timer);
  };
  const shift = shiftRequests(session, store, now);
  const common = { store, now, isInCall, setTimer };
  const ofShift = createShiftReminders({
    ...common,
    refresh: () => void shift['shift.refresh'](null),
  });
  const ofCallBacks = createCallBackReminders(common);
  const follow = (): void => {
    ofShift.follow();
    ofCallBacks.follow();
  };
  store.subscribe(follow);
  return {
    handlers: { ...shift, ...callBackRequests(session, ofCallBacks) },
    follow,
    stop: (): void => {
      ofShift.stop();
      ofCallBacks.stop();
    },
  };
};
