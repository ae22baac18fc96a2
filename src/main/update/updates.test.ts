import { beforeEach, expect, test } from 'vitest';
import type { DeskAtWork } from '../../shared/domain/update/update.ts';
import { createDeskStore, type DeskStore } from '../desk/desk-store.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createUpdates, type Updates, type UpdatesPorts } from './updates.ts';
import type { FoundUpdate, Updater } from './updater.ts';

const feed = 'https://updates.example.com/ringside';
const free: DeskAtWork = { inCall: false, owesWrapUp: false, hasDraft: false, isReachable: false };
const next: FoundUpdate = { version: '2.0.0', notes: 'Louder.' };

let store: DeskStore;
let atWork: DeskAtWork;
let found: () => Promise<FoundUpdate | null>;
let prepare: () => Promise<void>;
let did: string[];
let timers: { readonly run: () => void; readonly afterMs: number }[];
let unusedMs: number;
let loaded: string[];

const open = (part: Partial<UpdatesPorts> = {}): Updates => {
  store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  store.update({ session: { state: 'signing_in' } });
  const updater: Updater = {
    find: () => found(),
    prepare: async () => {
      await prepare();
      did.push('prepared');
    },
    replace: (restart) => did.push(restart ? 'replaced, starts' : 'replaced'),
  };
  const updates = createUpdates({
    store,
    atWork: () => atWork,
    feed,
    isReplaceable: true,
    load: (from) => {
      loaded.push(from);
      return Promise.resolve(updater);
    },
    unusedMs: () => unusedMs,
    restart: () => did.push('restart'),
    wallNow: () => 1_000,
    random: () => 0.5,
    setTimer: (run, afterMs) => {
      const timer = { run, afterMs };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    ...part,
  });
  store.subscribe(updates.follow);
  updates.follow();
  return updates;
};
const shown = () => store.snapshot().update;
const check = (updates: Updates) => updates.handlers['update.check'](null);
const apply = (updates: Updates) => updates.handlers['update.apply'](null);
/** Lets everything that is due within this time run once. */
const pass = async (withinMs: number): Promise<void> => {
  const due = timers.filter(({ afterMs }) => afterMs <= withinMs);
  timers = timers.filter((timer) => !due.includes(timer));
  for (const { run } of due) run();
  await new Promise((resolve) => setTimeout(resolve, 0));
};

beforeEach(() => {
  atWork = free;
  found = () => Promise.resolve(null);
  prepare = () => Promise.resolve();
  did = [];
  timers = [];
  loaded = [];
  unusedMs = 0;
});

test('without a feed, or where nothing can be replaced, nothing is loaded and the reason is told', async () => {
  const none = open({ feed: null });
  expect(shown()).toEqual({ state: 'off', why: 'no_feed' });
  await check(none);
  expect(timers).toEqual([]);
  open({ isReplaceable: false });
  expect(shown()).toEqual({ state: 'off', why: 'not_replaceable' });
  for (const unsafe of ['http://updates.example.com', 'file:///tmp/x', 'rubbish']) {
    open({ feed: unsafe });
    expect(shown()).toEqual({ state: 'off', why: 'feed_not_allowed' });
  }
  expect(loaded).toEqual([]);
});

test('the feed is asked some minutes after it is known, and every few hours', async () => {
  open();
  expect(loaded).toEqual([]);
  expect(timers.map(({ afterMs }) => afterMs)).toEqual([150_000]);
  await pass(300_000);
  expect(loaded).toEqual([feed]);
  expect(shown()).toEqual({ state: 'newest', checkedAt: 1_000 });
  expect(timers.map(({ afterMs }) => afterMs)).toEqual([4 * 3_600_000]);
});

test('a call has the line for itself: it is asked later', async () => {
  atWork = { ...free, inCall: true };
  open();
  await pass(300_000);
  expect(loaded).toEqual([]);
  atWork = free;
  await pass(300_000);
  expect(loaded).toEqual([feed]);
});

test('what went wrong is told, and what was downloaded before stays good', async () => {
  const updates = open();
  found = () => Promise.reject(new Error('net::ERR_CONNECTION_REFUSED'));
  await check(updates);
  expect(shown()).toEqual({ state: 'failed', why: 'feed_away', at: 1_000 });
  found = () => Promise.resolve(next);
  await check(updates);
  expect(shown()).toEqual({ state: 'ready', ...next, obstacle: null });
  found = () => Promise.reject(new Error('net::ERR_CONNECTION_REFUSED'));
  await check(updates);
  expect(shown()).toEqual({ state: 'ready', ...next, obstacle: null });
});

test('it is refused while something would suffer, and told as that changes', async () => {
  const updates = open();
  found = () => Promise.resolve(next);
  await check(updates);
  atWork = { ...free, inCall: true };
  updates.follow();
  expect(shown()).toMatchObject({ state: 'ready', obstacle: 'call' });
  expect(await apply(updates)).toEqual({ ok: true, value: { obstacle: 'call', failure: null } });
  expect(did).toEqual([]);
  atWork = free;
  updates.follow();
  expect(await apply(updates)).toEqual({ ok: true, value: { obstacle: null, failure: null } });
  expect(did).toEqual(['prepared', 'restart']);
});

test('a call that comes while the file is written has the first word', async () => {
  const updates = open();
  found = () => Promise.resolve(next);
  await check(updates);
  prepare = () => {
    atWork = { ...free, inCall: true };
    return Promise.resolve();
  };
  expect(await apply(updates)).toEqual({ ok: true, value: { obstacle: 'call', failure: null } });
  expect(did).toEqual(['prepared']);
});

test('a full disk changes nothing', async () => {
  const updates = open();
  found = () => Promise.resolve(next);
  await check(updates);
  prepare = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  expect(await apply(updates)).toEqual({
    ok: true,
    value: { obstacle: null, failure: 'disk_full' },
  });
  await updates.leaving(false);
  expect(did).toEqual([]);
});

test('at the end of the program it takes its place, in whatever state', async () => {
  const updates = open();
  await updates.leaving(false);
  expect(did).toEqual([]);
  found = () => Promise.resolve(next);
  await check(updates);
  atWork = { ...free, owesWrapUp: true };
  await updates.leaving(false);
  expect(did).toEqual(['prepared', 'replaced']);
});

test('by itself it restarts where nobody is signed in and nobody is there, and nowhere else', async () => {
  const updates = open();
  found = () => Promise.resolve(next);
  await check(updates);
  const day = 24 * 3_600_000;
  unusedMs = day;
  await pass(60_000);
  expect(did).toEqual([]);
  store.update({ session: { state: 'signed_out', why: null, demoUsers: null } });
  await Promise.resolve();
  // Somebody types a password.
  unusedMs = 2_000;
  await pass(60_000);
  expect(did).toEqual([]);
  unusedMs = 61_000;
  await pass(60_000);
  expect(did).toEqual(['prepared', 'restart']);
});

test('the backend names the feed, and another name is another feed', async () => {
  const signedIn = (updates?: string) =>
    store.update({
      session: { state: 'signed_in', ...(updates === undefined ? {} : { updates }) } as never,
    });
  const updates = open({ feed: null });
  signedIn(feed);
  await Promise.resolve();
  found = () => Promise.resolve(next);
  await check(updates);
  expect(shown()).toMatchObject({ state: 'ready' });
  // Signed out is the best moment for what was downloaded before.
  store.update({ session: { state: 'signed_out', why: null, demoUsers: null } });
  await Promise.resolve();
  expect(shown()).toMatchObject({ state: 'ready' });
  signedIn();
  await Promise.resolve();
  expect(shown()).toEqual({ state: 'off', why: 'no_feed' });
  expect(await apply(updates)).toMatchObject({ value: { failure: 'failed' } });
});
