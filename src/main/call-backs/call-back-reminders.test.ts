import { expect, test } from 'vitest';
import type { CallBackView, DeskCallBacks } from '../../shared/api/call-backs.ts';
import { usualCallBackRules } from '../../shared/domain/call-back/call-back-hours.ts';
import type { SessionView } from '../../shared/ipc/desk.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createDeskStore } from '../desk/desk-store.ts';
import { createCallBackReminders } from './call-back-reminders.ts';

const minuteMs = 60_000;

const callBackAt = (id: string, dueAt: number): CallBackView => ({
  ...{ id, kind: 'call_back', state: 'scheduled', number: '+12025550143', note: '', dueAt },
  ...{ createdAt: 0, createdBy: { id: 'me', name: 'Me' }, owner: { id: 'me', name: 'Me' } },
  ...{ queue: null, customer: null, zone: null, contact: null, attemptCount: 0, attempts: [] },
  ...{ offer: null, overAt: null, revision: 1 },
});
const told = (part: Partial<DeskCallBacks>): DeskCallBacks => ({
  ...{ upcoming: [], due: 0, toldAt: 0, asking: [], offered: null, teamDue: null },
  rules: usualCallBackRules,
  ...part,
});

const bed = () => {
  let now = 0;
  let inCall = false;
  let timer: { readonly run: () => void; readonly at: number } | null = null;
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  const reminders = createCallBackReminders({
    store,
    now: () => now,
    isInCall: () => inCall,
    setTimer: (run, afterMs) => {
      timer = { run, at: now + afterMs };
      return () => {
        timer = null;
      };
    },
  });
  return {
    reminders,
    news: () => store.snapshot().callBackNews ?? null,
    kinds: () => (store.snapshot().callBackNews?.reminders ?? []).map(({ id, kind }) => [id, kind]),
    signIn: (callBacks: DeskCallBacks, id = 'me') => {
      // The one thing of a session that is read here.
      const session = { state: 'signed_in', user: { id } } as unknown as SessionView;
      store.update({ session, callBacks });
      reminders.follow();
    },
    tell: (callBacks: DeskCallBacks) => {
      store.update({ callBacks });
      reminders.follow();
    },
    call: (on: boolean) => {
      inCall = on;
      reminders.follow();
    },
    /** To the next timer, which has to be at this time. */
    wakeAt: (at: number) => {
      expect(timer?.at).toBe(at);
      now = at;
      timer?.run();
    },
    isWaiting: () => timer !== null,
  };
};

test('it is told five minutes before and when it is time, each once, and the rail counts what is due', () => {
  const { signIn, wakeAt, kinds, news, reminders, isWaiting } = bed();
  signIn(told({ upcoming: [callBackAt('a', 20 * minuteMs)] }));
  expect(news()).toEqual({ due: 0, overdue: 0, reminders: [] });
  wakeAt(15 * minuteMs);
  expect(kinds()).toEqual([['a', 'soon']]);
  reminders.dismiss('a');
  expect(kinds()).toEqual([]);
  wakeAt(20 * minuteMs);
  expect(kinds()).toEqual([['a', 'due']]);
  expect(news()).toMatchObject({ due: 1 });
  reminders.dismiss('a');
  expect(news()).toEqual({ due: 1, overdue: 0, reminders: [] });
  expect(isWaiting()).toBe(false);
});

test('during a call it waits as a number, and is told after it', () => {
  const { signIn, wakeAt, kinds, news, call } = bed();
  signIn(told({ upcoming: [callBackAt('a', 20 * minuteMs)] }));
  call(true);
  wakeAt(15 * minuteMs);
  wakeAt(20 * minuteMs);
  expect(news()).toEqual({ due: 1, overdue: 0, reminders: [] });
  call(false);
  expect(kinds()).toEqual([['a', 'due']]);
});

test('what was due before the sign-in is told as so many, once', () => {
  const { signIn, news, reminders, tell } = bed();
  signIn(told({ due: 4, upcoming: [callBackAt('a', -minuteMs), callBackAt('b', minuteMs)] }));
  // One of the four was due a minute ago: it has a reminder of its own.
  expect(news()).toMatchObject({ due: 4, overdue: 3, reminders: [{ id: 'a' }, { id: 'b' }] });
  reminders.dismiss(null);
  expect(news()).toMatchObject({ due: 4, overdue: 0 });
  tell(told({ due: 5 }));
  expect(news()).toMatchObject({ due: 5, overdue: 0 });
});

test('another time is another reminder; what is done or another agent’s is none', () => {
  const { signIn, kinds, reminders, tell } = bed();
  signIn(told({ upcoming: [callBackAt('a', minuteMs)] }));
  reminders.dismiss('a');
  tell(told({ upcoming: [callBackAt('a', 2 * minuteMs)] }));
  expect(kinds()).toEqual([['a', 'soon']]);
  tell(told({}));
  expect(kinds()).toEqual([]);
  tell(told({ upcoming: [callBackAt('a', 2 * minuteMs)] }));
  reminders.dismiss('a');
  signIn(told({ upcoming: [callBackAt('a', 2 * minuteMs)] }), 'another');
  expect(kinds()).toEqual([['a', 'soon']]);
});
