import { beforeEach, expect, test } from 'vitest';
import type { AgentView } from '../../shared/api/records.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import { createDeskStore, type DeskStore } from '../desk/desk-store.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createShiftReminders, type ShiftReminders } from './shift-reminders.ts';

const minute = 60_000;
const at = (hours: number, minutes = 0): number => (hours * 60 + minutes) * minute;

const shift: NonNullable<DeskSnapshot['shift']> = {
  zone: 'Europe/Madrid',
  from: at(0),
  to: at(72),
  plan: [
    { kind: 'work', label: '', startsAt: at(9), endsAt: at(11) },
    { kind: 'break', label: 'Coffee', startsAt: at(11), endsAt: at(11, 15) },
    { kind: 'work', label: '', startsAt: at(11, 15), endsAt: at(17) },
  ],
  fitting: [{ kind: 'break', reasons: ['break'] }],
};
const signedIn = {
  state: 'signed_in',
  user: { id: 'alice', username: 'alice', name: 'Alice', role: 'agent', extension: '1001' },
} as DeskSnapshot['session'];

let store: DeskStore;
let clock: number;
let inCall: boolean;
let refreshed: number;
let timer: { readonly run: () => void; readonly at: number } | null;
let reminders: ShiftReminders;
const reminder = () => store.snapshot().shiftReminder;

/** Lets time pass as a machine that is awake does: the timer runs when it is due. */
const until = (time: number): void => {
  while (timer !== null && timer.at <= time) {
    clock = timer.at;
    const { run } = timer;
    timer = null;
    run();
  }
  clock = time;
};
const doing = (state: AgentView['state']): void => {
  store.update({ agent: { state, since: clock, doNotDisturb: false, revision: 1 } });
  reminders.follow();
};

beforeEach(() => {
  clock = at(9);
  inCall = false;
  refreshed = 0;
  timer = null;
  store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  store.update({ session: signedIn, shift });
  reminders = createShiftReminders({
    store,
    now: () => clock,
    isInCall: () => inCall,
    refresh: () => {
      refreshed += 1;
    },
    setTimer: (run, afterMs) => {
      const mine = { run, at: clock + afterMs };
      timer = mine;
      return () => {
        if (timer === mine) timer = null;
      };
    },
  });
  doing({ state: 'ready' });
});

test('a break is told of two minutes ahead, once, and the timer waits for nothing else', () => {
  expect(timer?.at).toBe(at(10, 58));
  until(at(10, 58));
  expect(reminder()).toMatchObject({ kind: 'break', label: 'Coffee', at: at(11) });
  store.update({ shiftReminder: null });
  reminders.follow();
  expect(reminder()).toBeNull();
  expect(timer?.at).toBe(at(16, 58));
});

test('during a call the reminder waits for its end, and it is dropped when its time is over', () => {
  inCall = true;
  until(at(11, 4));
  expect(reminder()).toBeNull();
  inCall = false;
  reminders.follow();
  expect(reminder()).toMatchObject({ kind: 'break' });

  inCall = true;
  until(at(17, 20));
  inCall = false;
  reminders.follow();
  expect(reminder()).toBeNull();
});

test('a reminder goes when the agent does as planned, and when what it is of is over', () => {
  until(at(10, 59));
  doing({ state: 'not_ready', reason: 'break' });
  expect(reminder()).toBeNull();

  doing({ state: 'ready' });
  until(at(16, 59));
  expect(reminder()).toMatchObject({ kind: 'end' });
  until(at(17, 15));
  expect(reminder()).toBeNull();
});

test('who is in the break already is told nothing', () => {
  doing({ state: 'not_ready', reason: 'break' });
  until(at(11, 10));
  expect(reminder()).toBeNull();
});

test('switched off, without a schedule and signed out there is no reminder and no timer', () => {
  for (const change of [
    { settings: { ...defaultSettings('en'), shiftReminders: false } },
    { settings: defaultSettings('en'), shift: null },
    { session: { state: 'signed_out', why: null, demoUsers: null } as const, shift },
  ]) {
    store.update(change);
    reminders.follow();
    expect(timer).toBeNull();
    expect(reminder()).toBeNull();
  }
});

test('the plan is asked for anew before it runs out', () => {
  until(at(47, 59));
  expect(refreshed).toBe(0);
  until(at(48));
  expect(refreshed).toBe(1);
});
