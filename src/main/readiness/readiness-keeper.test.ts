import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HindranceCause } from '../../shared/domain/readiness/hindrance.ts';
import type { Call } from '../../shared/domain/call/call.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { EngineProof, Proved, ProveOrder } from '../../shared/ipc/readiness.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createReadinessKeeper } from './readiness-keeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const device = (label: string) => ({ id: label, label });
const inUse = (name: string) => ({
  ...{ microphone: device(name), speaker: device(name), ringer: device(name) },
});
const registered = { state: 'registered', since: 1 } as const;
const failed = {
  ...({ state: 'failed', why: 'pbx_unreachable', sipCode: null, retryAt: null } as const),
};

const bed = () => {
  const orders: ProveOrder[] = [];
  const told: (HindranceCause | null)[] = [];
  let rounds = 0;
  let wasLineBad = false;
  const keeper = createReadinessKeeper({
    monotonicMs: () => performance.now(),
    random: () => 0,
    newId: () => `round-${String((rounds += 1))}`,
    order: (order) => orders.push(order),
    probeDisk: () => undefined,
    wasLineBad: () => wasLineBad,
    onHindrance: (cause) => told.push(cause),
    onLooked: () => undefined,
  });
  let shown: PhoneSnapshot = {
    ...{ revision: 1, engineId: 'e', voicemail: null, presence: {}, calls: [] },
    registration: registered,
    devices: { microphones: [], speakers: [], problem: null, inUse: inUse('headset') },
  };
  const phone = (part: Partial<PhoneSnapshot> = {}): void => {
    shown = { ...shown, ...part };
    keeper.takePhone(shown);
  };
  const desk = (part: { readonly ringVolume?: number; readonly full?: boolean } = {}): void => {
    keeper.takeDesk({
      engine: 'running',
      journal: {
        waiting: 0,
        late: 0,
        refused: 0,
        problem: part.full === true ? 'disk_full' : null,
      },
      settings: { ...defaultSettings('en'), ringVolume: part.ringVolume ?? 0.5 },
    });
  };
  /** Answers everything that is asked, in turn, as long as something is. */
  const answer = (words: Partial<Record<EngineProof, Proved['word']>> = {}): void => {
    vi.advanceTimersByTime(1);
    for (let order = orders.shift(); order !== undefined; order = orders.shift()) {
      for (const proof of order.proofs) {
        const word = words[proof] ?? 'holds';
        const cause = word === 'fails' ? 'no_media_path' : null;
        keeper.proved({ round: order.round, proof, word, cause, why: null });
      }
    }
  };
  const ready = (): void => {
    keeper.begin();
    desk();
    phone();
    answer();
    keeper.takeWish(true);
    expect(keeper.hindrance()).toBe(null);
  };
  const lineWas = (word: 'bad' | 'good'): void => {
    wasLineBad = word === 'bad';
  };
  return { keeper, orders, told, phone, desk, answer, ready, lineWas };
};

const connected: Call = {
  ...{ callId: 'a', callKey: 'k', direction: 'inbound', remote: { number: '1', name: '' } },
  ...{ queue: null, consultFor: null, facts: [], state: 'connected', answeredAt: 1 },
  ...{ hold: 'none', muted: false, transfer: null, conference: false },
};

test('who signs in is not ready until everything was proven, once', () => {
  const { keeper, orders, told, phone, desk, answer } = bed();
  keeper.begin();
  desk();
  expect(told).toEqual(['proving']);
  phone();
  expect(orders.map(({ proofs }) => proofs)).toEqual([['microphone', 'ringer', 'media_path']]);
  answer({ media_path: 'unprovable' });
  expect(keeper.hindrance()).toBe(null);
  expect(told.at(-1)).toBe(null);
  expect(orders).toEqual([]);
});

test('after a call that was heard badly the same way is proven without it, and Ready stays', () => {
  const { keeper, orders, phone, answer, ready, lineWas } = bed();
  ready();
  const call = (): void => {
    phone({ calls: [connected] });
    vi.advanceTimersByTime(30_000);
    phone({ calls: [] });
  };
  lineWas('good');
  call();
  expect(orders).toEqual([]);
  lineWas('bad');
  call();
  expect(orders.map(({ proofs }) => proofs)).toEqual([['media_path']]);
  expect(keeper.hindrance()).toBe(null);
  answer();
  vi.advanceTimersByTime(60_000);
  expect(orders).toEqual([]);
});

test('a path is broken when two calls in a row say so, and tried again within 15 s', () => {
  const { keeper, orders, phone, desk, answer } = bed();
  keeper.begin();
  desk();
  phone();
  answer({ media_path: 'fails' });
  expect(keeper.hindrance()).toBe('proving');
  vi.advanceTimersByTime(502);
  expect(orders).toHaveLength(1);
  answer({ media_path: 'fails' });
  expect(keeper.hindrance()).toBe('no_media_path');
  for (let times = 0; times < 10; times += 1) {
    vi.advanceTimersByTime(13_000);
    expect(orders).toHaveLength(1);
    answer({ media_path: 'fails' });
  }
  vi.advanceTimersByTime(13_000);
  answer();
  vi.advanceTimersByTime(11_000);
  expect(keeper.hindrance()).toBe(null);
});

test('what is lost is told at once, and comes back only proven anew', () => {
  const { keeper, orders, told, phone, answer, ready } = bed();
  ready();
  keeper.asleep(true);
  expect(told.at(-1)).toBe('asleep');
  vi.advanceTimersByTime(3_000);
  keeper.asleep(false);
  phone({ registration: failed });
  phone({ registration: registered });
  expect(keeper.hindrance()).toBe('proving');
  expect(orders.flatMap(({ proofs }) => proofs)).toEqual(
    expect.arrayContaining(['microphone', 'ringer', 'media_path']),
  );
  answer();
  expect(told.at(-1)).toBe(null);
});

test('a network that was gone is proven before Ready comes back', () => {
  const { keeper, orders, answer, ready } = bed();
  ready();
  keeper.network(false);
  vi.advanceTimersByTime(1_001);
  expect(keeper.hindrance()).toBe('no_network');
  keeper.network(true);
  expect(keeper.hindrance()).toBe('proving');
  expect(orders.map(({ proofs }) => proofs)).toEqual([['registration', 'media_path']]);
  answer();
  expect(keeper.hindrance()).toBe(null);
});

test('a machine that did not fall asleep after all is awake', () => {
  const { keeper, answer, ready } = bed();
  ready();
  keeper.asleep(true);
  vi.advanceTimersByTime(10_000);
  answer();
  expect(keeper.hindrance()).toBe(null);
});

test('a stumble of the link costs no queue, an outage does', () => {
  const { keeper, told, phone, ready } = bed();
  ready();
  phone({ registration: failed });
  vi.advanceTimersByTime(900);
  phone({ registration: registered });
  vi.advanceTimersByTime(5_000);
  expect(told.at(-1)).toBe(null);
  phone({ registration: failed });
  vi.advanceTimersByTime(1_001);
  expect(told.at(-1)).toBe('not_registered');
  expect(keeper.cannotRing()).toBe(false);
});

test('another device is proven while the agent stays ready, and is a hindrance when it is dead', () => {
  const { keeper, orders, told, phone, answer, ready } = bed();
  ready();
  const devices = { microphones: [], speakers: [], problem: null, inUse: inUse('another') };
  phone({ devices });
  expect(told.at(-1)).toBe(null);
  expect(orders[0]?.proofs).toEqual(['microphone', 'ringer']);
  answer({ ringer: 'fails' });
  expect(keeper.hindrance()).toBe('no_media_path');
  expect(keeper.cannotRing()).toBe(true);
});

test('an engine that died is proven from the beginning, and what the dead one says is not heard', () => {
  const { keeper, orders, told, phone, desk, answer, ready } = bed();
  ready();
  keeper.takeWish(true);
  keeper.shaken('network');
  const [old] = orders.splice(0);
  keeper.takeDesk({
    engine: 'restarting',
    journal: { waiting: 0, late: 0, refused: 0, problem: null },
    settings: defaultSettings('en'),
  });
  expect(told.at(-1)).toBe('phone_restarting');
  phone({ engineId: 'f', registration: { state: 'unregistered' } });
  desk();
  phone({ registration: registered });
  keeper.proved({
    round: old?.round ?? '',
    proof: 'media_path',
    word: 'holds',
    cause: null,
    why: null,
  });
  expect(keeper.hindrance()).toBe('proving');
  answer();
  expect(keeper.hindrance()).toBe(null);
});

test('nothing is proven beside a call, and a call proves the path', () => {
  const { keeper, orders, phone, answer, ready } = bed();
  ready();
  phone({ calls: [connected] });
  keeper.shaken('network');
  vi.advanceTimersByTime(3_600_000);
  expect(orders).toEqual([]);
  phone({ calls: [] });
  expect(orders.map(({ proofs }) => proofs)).toEqual([['registration']]);
  answer();
  vi.advanceTimersByTime(9 * 60_000);
  expect(orders).toEqual([]);
  vi.advanceTimersByTime(60_001);
  expect(orders.map(({ proofs }) => proofs)).toEqual([['media_path']]);
});

test('who is away is left alone, and proven on the way back', () => {
  const { keeper, orders, answer, ready } = bed();
  ready();
  keeper.takeWish(false);
  vi.advanceTimersByTime(3_600_000);
  expect(orders).toEqual([]);
  expect(keeper.hindrance()).toBe('proving');
  keeper.takeWish(true);
  keeper.proveNow();
  answer();
  expect(keeper.hindrance()).toBe(null);
});

test('a ringer that is off, a ring that was not heard and a full disk are hindrances until they are not', () => {
  const { keeper, desk, answer, ready } = bed();
  ready();
  desk({ ringVolume: 0 });
  expect(keeper.hindrance()).toBe('ringer_off');
  desk();
  answer();
  expect(keeper.hindrance()).toBe(null);
  keeper.ringTested(false);
  expect(keeper.hindrance()).toBe('ringer_unheard');
  answer();
  expect(keeper.hindrance()).toBe('ringer_unheard');
  keeper.ringTested(true);
  answer();
  vi.advanceTimersByTime(3_000);
  expect(keeper.hindrance()).toBe(null);
  desk({ full: true });
  expect(keeper.hindrance()).toBe('disk');
});
