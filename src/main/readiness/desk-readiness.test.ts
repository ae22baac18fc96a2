import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { Proved, ProveOrder } from '../../shared/ipc/readiness.ts';
import { failure, success } from '../../shared/result.ts';
import { createDeskStore } from '../desk/desk-store.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createDeskReadiness } from './desk-readiness.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const device = { id: 'a', label: 'A' };
const registered = { state: 'registered', since: 1 } as const;

const bed = () => {
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: 'http://backend',
    versions: { app: '1', electron: '1', chrome: '1' },
    notices: [],
  });
  const orders: ProveOrder[] = [];
  const put: unknown[] = [];
  let isThere = true;
  const readiness = createDeskReadiness({
    store,
    session: () => ({
      // The backend answers with the agent's view, which nobody looks at here.
      request: ({ body }) => {
        put.push(body);
        return Promise.resolve(
          isThere ? success(null as never) : failure({ code: 'away' as never, detail: '' }),
        );
      },
      wish: () => Promise.resolve(success(null)),
    }),
    monotonicMs: () => performance.now(),
    random: () => 0,
    newId: () => String(orders.length),
    order: (order) => orders.push(order),
    probeDisk: () => undefined,
    wasLineBad: () => false,
    onAway: () => undefined,
    onHindered: () => undefined,
  });
  let shown: PhoneSnapshot = {
    ...{ revision: 1, engineId: 'e', voicemail: null, presence: {}, calls: [] },
    registration: registered,
    devices: {
      ...{ microphones: [], speakers: [], problem: null },
      inUse: { microphone: device, speaker: device, ringer: device },
    },
  };
  const phone = (part: Partial<PhoneSnapshot> = {}): void => {
    shown = { ...shown, ...part };
    readiness.takePhone(shown);
  };
  const prove = (word: Proved['word'] = 'holds'): void => {
    for (const { round, proofs } of orders.splice(0)) {
      for (const proof of proofs) readiness.proved({ round, proof, word, cause: null, why: null });
    }
  };
  return {
    ...{ store, readiness, put, phone, prove },
    devices: (problem: 'no_microphone' | null) => phone({ devices: { ...shown.devices, problem } }),
    backend: (there: boolean) => (isThere = there),
  };
};

const turn = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test('where nobody can tell the queue the phone leaves the PBX, and comes back when it can be rung again', async () => {
  const { store, readiness, put, phone, prove, devices, backend } = bed();
  readiness.useAgent('alice');
  store.update({ engine: 'running' });
  await turn();
  phone();
  prove();
  await turn(10);
  expect(store.snapshot().hindrance).toBe(null);
  expect(put.at(-1)).toMatchObject({ hindrance: null });

  backend(false);
  devices('no_microphone');
  await turn(1_100);
  expect(store.snapshot().hindrance).toBe('no_microphone');
  expect(readiness.setupPart()).toEqual({});
  await turn(2_100);
  expect(readiness.setupPart()).toEqual({ away: true });
  // The PBX knows of no phone then, which is told before what it is due to.
  phone({ registration: { state: 'unregistered' } });
  expect(store.snapshot().hindrance).toBe('not_registered');
  devices(null);
  await turn(10);
  prove();
  expect(readiness.setupPart()).toEqual({});
  phone({ registration: registered });
  await turn(10);
  prove();
  await turn(10_000);
  expect(store.snapshot().hindrance).toBe(null);
});

test('whom the backend heard of stays registered: the queue knows', async () => {
  const { readiness, store, phone, prove, devices } = bed();
  readiness.useAgent('alice');
  store.update({ engine: 'running' });
  await turn();
  phone();
  prove();
  devices('no_microphone');
  await turn(30_000);
  expect(store.snapshot().hindrance).toBe('no_microphone');
  expect(readiness.setupPart()).toEqual({});
});
