import { beforeEach, describe, expect, test } from 'vitest';
import type { JoinView } from '../../shared/api/supervision.ts';
import type { JoinOrder } from '../../shared/ipc/supervision.ts';
import { failure, success } from '../../shared/result.ts';
import { createDeskStore } from '../desk/desk-store.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createJoining } from './joining.ts';
import { takeJoinPush } from './shown-joins.ts';

const agent = { id: '00000000-0000-7000-8000-000000000001', name: 'Alice', extension: '1001' };
const view = (joinId: string, part: Partial<JoinView> = {}): JoinView => ({
  ...{ joinId, agent, state: 'running', mode: 'listen', wanted: null, callKey: 'a call' },
  ...{ contactId: null, queue: null, customer: null, startedAt: 1, seen: 'now', covert: false },
  ...{ why: null, revision: 1 },
  ...part,
});

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly order: JoinOrder | undefined;
};

const deskOf = () => {
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '0', electron: '0', chrome: '0' },
    notices: [],
  });
  const orders: JoinOrder[] = [];
  const asked: Asked[] = [];
  const phone: {
    calls: never[];
    join: { joinId: string; state: 'connected'; microphone: 'closed' } | null;
  } = {
    calls: [],
    join: null,
  };
  let ids = 0;
  let refuse = false;
  let mode: JoinView['mode'] = 'listen';
  const request = ((wanted: {
    method: string;
    path: string;
    body?: { joinId?: string; mode?: JoinView['mode'] };
  }) => {
    asked.push({ method: wanted.method, path: wanted.path, order: orders.at(-1) });
    if (refuse) return Promise.resolve(failure({ code: 'conflict', detail: '' }));
    mode = wanted.body?.mode ?? mode;
    const joinId = wanted.body?.joinId ?? `join-${String(ids)}`;
    return Promise.resolve(success(view(joinId, { mode, revision: asked.length })));
    // A backend that says what it is asked; the schema is the client's to check.
  }) as unknown as DeskSession['request'];
  store.update({ backend: { state: 'connected' } });
  // Somebody is signed in; who it is does not matter here.
  store.update({ session: { state: 'signed_in' } as never });
  const joining = createJoining({
    store,
    session: { request },
    phone: () => phone,
    orderEngine: (order) => orders.push(order),
    newId: () => `join-${String((ids += 1))}`,
  });
  const isOpen = () => orders.at(-1)?.microphoneOpen ?? false;
  return {
    ...{ store, joining, orders, asked, phone, isOpen },
    fail: (wish: boolean) => {
      refuse = wish;
    },
    join: () => joining.handlers['supervision.join']({ agentId: agent.id, mode: 'listen' }),
    mode: (wish: JoinView['mode']) => joining.handlers['supervision.mode']({ mode: wish }),
  };
};

let desk: ReturnType<typeof deskOf>;
beforeEach(() => {
  desk = deskOf();
});

test('the phone is told of a join before the backend is, with the microphone closed', async () => {
  await desk.join();
  expect(desk.asked).toMatchObject([
    { method: 'POST', order: { joinId: 'join-1', microphoneOpen: false } },
  ]);
  expect(desk.isOpen()).toBe(false);
});

test('a join that is refused is no join of the phone any more', async () => {
  desk.fail(true);
  expect(await desk.join()).toMatchObject({ ok: false });
  expect(desk.orders.at(-1)).toMatchObject({ joinId: null });
});

describe('the microphone', () => {
  beforeEach(() => desk.join());

  test('opens once a mode that somebody hears is confirmed, and closes before less is asked for', async () => {
    await desk.mode('whisper');
    expect(desk.asked.at(-1)?.order?.microphoneOpen).toBe(false);
    expect(desk.isOpen()).toBe(true);
    await desk.mode('barge');
    expect(desk.isOpen()).toBe(true);
    await desk.mode('whisper');
    expect(desk.asked.at(-1)?.order?.microphoneOpen).toBe(false);
    expect(desk.isOpen()).toBe(true);
    await desk.mode('listen');
    expect(desk.asked.at(-1)?.order?.microphoneOpen).toBe(false);
    expect(desk.isOpen()).toBe(false);
  });

  test('stays closed where the way back to listening failed', async () => {
    await desk.mode('barge');
    desk.fail(true);
    await desk.mode('listen');
    expect(desk.isOpen()).toBe(false);
  });

  test('stays as it was where more was refused', async () => {
    await desk.mode('whisper');
    desk.fail(true);
    await desk.mode('barge');
    expect(desk.isOpen()).toBe(true);
  });

  test('closes when the mode falls back unasked, and when the backend is away', async () => {
    await desk.mode('whisper');
    takeJoinPush(desk.store, { kind: 'join', join: view('join-1', { revision: 100 }) });
    await Promise.resolve();
    expect(desk.isOpen()).toBe(false);
    await desk.mode('barge');
    takeJoinPush(desk.store, {
      kind: 'join',
      join: view('join-1', { mode: 'barge', revision: 101 }),
    });
    await Promise.resolve();
    expect(desk.isOpen()).toBe(true);
    desk.store.update({ backend: { state: 'away', why: '', since: 0 } });
    await Promise.resolve();
    expect(desk.isOpen()).toBe(false);
  });
});

test('leaving closes the microphone before anybody is asked, and ends the phone’s line', async () => {
  await desk.join();
  await desk.mode('barge');
  await desk.joining.handlers['supervision.leave'](null);
  expect(desk.asked.at(-1)).toMatchObject({ method: 'DELETE', order: { microphoneOpen: false } });
  expect(desk.orders.at(-1)).toMatchObject({ joinId: null });
  expect(desk.store.snapshot().join).toBe(null);
});

test('leaving ends the phone’s line also where the backend cannot be reached', async () => {
  await desk.join();
  desk.fail(true);
  await desk.joining.handlers['supervision.leave'](null);
  expect(desk.orders.at(-1)).toMatchObject({ joinId: null });
});

test('a line that ended by itself is told to the backend', async () => {
  await desk.join();
  desk.phone.join = { joinId: 'join-1', state: 'connected', microphone: 'closed' };
  desk.joining.follow();
  desk.phone.join = null;
  desk.joining.follow();
  expect(desk.asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/supervision/join-1' });
});

test('a join that another program of this supervisor left behind is left', async () => {
  takeJoinPush(desk.store, { kind: 'join', join: view('of-yesterday') });
  await Promise.resolve();
  expect(desk.asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/supervision/of-yesterday' });
});
