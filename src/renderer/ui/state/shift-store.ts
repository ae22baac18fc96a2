import { create } from 'zustand';
import type { AdherenceDay } from '../../../shared/api/shifts.ts';
import { planNow } from '../../../shared/domain/schedule/upcoming.ts';
import { serverNow } from '../bridge/clock.ts';
import { useDeskStore } from '../bridge/desk-store.ts';
import { ask, order } from './orders.ts';

/** The day that the page of the shift shows, and the summary that is left when a shift is over. */
type Shown = {
  /** `YYYY-MM-DD`; null: today, whatever the schedule's zone makes of it. */
  readonly wanted: string | null;
  readonly day: AdherenceDay | null;
  readonly state: 'loading' | 'here' | 'away';
  /** Of the shift that ended with the sign-out; null: none, or it was read. */
  readonly summary: AdherenceDay | null;
};

const nothing = { wanted: null, day: null, state: 'loading' } as const;

export const useShift = create<Shown>(() => ({ ...nothing, summary: null }));

let latest = 0;

/** Reads the day that is wanted; what is there stays until there is something better. */
export const readShiftDay = async (): Promise<void> => {
  latest += 1;
  const mine = latest;
  const { wanted } = useShift.getState();
  const answer = await ask('shift.day', { day: wanted });
  if (mine !== latest) return;
  useShift.setState(answer.ok ? { day: answer.value, state: 'here' } : { state: 'away' });
};

export const wantShiftDay = (day: string | null): void => {
  useShift.setState({ wanted: day });
  void readShiftDay();
};

/** Somebody else works here from now on. */
export const forgetShift = (): void => {
  latest += 1;
  useShift.setState(nothing);
};

export const dismissSummary = (): void => {
  useShift.setState({ summary: null });
};

const hourMs = 3_600_000;
/** Who signs out so soon before the end, or so long after it, ends the shift with it. */
const endsWithinMs = hourMs / 4;
const endedWithinMs = 4 * hourMs;
/** The summary does not wait for the next person at this desk. */
const summaryForMs = 3 * 60_000;

/** Whether a shift ends about now. */
const isShiftEnding = (now: number): boolean => {
  const plan = useDeskStore.getState().desk?.shift?.plan ?? [];
  const { current, next } = planNow(plan, now);
  if (current !== null) return next?.kind === 'end' && next.at - now <= endsWithinMs;
  const last = plan.findLast(({ endsAt }) => endsAt <= now);
  return last !== undefined && now - last.endsAt <= endedWithinMs;
};

const keepSummary = async (): Promise<void> => {
  const answer = await ask('shift.day', { day: null });
  if (!answer.ok) return;
  const { value: summary } = answer;
  useShift.setState({ summary });
  setTimeout(() => {
    if (useShift.getState().summary === summary) dismissSummary();
  }, summaryForMs);
};

/** Signs out; at the end of a shift its summary is asked for on the way, and never waited for. */
export const signOut = async (): Promise<void> => {
  if (isShiftEnding(serverNow())) void keepSummary();
  await order('session.signOut', null);
};
