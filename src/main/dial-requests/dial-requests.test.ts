import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import { createDialRequests } from './dial-requests.ts';

let desk: Pick<DeskSnapshot, 'session' | 'dialRequest'>;
let nowMs = 0;
let lastId = 0;

// Only what is read of a session.
const signedIn = { state: 'signed_in', country: 'US' } as DeskSnapshot['session'];
const signedOut: DeskSnapshot['session'] = { state: 'signed_out', why: null, demoUsers: null };

const start = (session: DeskSnapshot['session']) => {
  desk = { session, dialRequest: null };
  const requests = createDialRequests({
    store: {
      snapshot: () => desk as DeskSnapshot,
      update: (change) => {
        desk = { ...desk, ...change };
      },
    },
    domain: () => 'pbx.example',
    newId: () => {
      lastId += 1;
      return `id-${lastId}`;
    },
    monotonicMs: () => nowMs,
  });
  const become = (next: DeskSnapshot['session']): void => {
    desk = { ...desk, session: next };
    requests.follow(desk as DeskSnapshot);
  };
  return { requests, become };
};

beforeEach(() => {
  vi.useFakeTimers();
  nowMs += 60_000;
});
afterEach(() => {
  vi.useRealTimers();
});

test('a link is asked about until it is settled, and a later one takes its place', () => {
  const { requests } = start(signedIn);
  requests.link('tel:+12025550123');
  const first = desk.dialRequest?.id ?? '';
  requests.link('tel:+12025550199');
  expect(desk.dialRequest).toMatchObject({ state: 'number', number: '+12025550199' });
  requests.settle(first);
  expect(desk.dialRequest).not.toBeNull();
  requests.settle(desk.dialRequest?.id ?? '');
  expect(desk.dialRequest).toBeNull();
});

test('a refused link says why, with its text made harmless', () => {
  const { requests } = start(signedIn);
  requests.link('tel:*21*5\u202E\n#');
  expect(desk.dialRequest).toMatchObject({
    state: 'refused',
    why: 'hidden_characters',
    text: 'tel:*21*5 #',
  });
});

test('a link that comes before the sign-in waits for it, for a minute', () => {
  const { requests, become } = start(signedOut);
  requests.link('tel:+12025550123');
  expect(desk.dialRequest?.state).toBe('waiting');
  vi.advanceTimersByTime(59_000);
  become(signedIn);
  expect(desk.dialRequest).toMatchObject({ state: 'number', number: '+12025550123' });

  const late = start(signedOut);
  late.requests.link('tel:+12025550123');
  vi.advanceTimersByTime(60_001);
  late.become(signedIn);
  expect(desk.dialRequest).toBeNull();
});

test('who signs out is asked no more', () => {
  const { requests, become } = start(signedIn);
  requests.link('tel:+12025550123');
  become(signedOut);
  expect(desk.dialRequest).toBeNull();
});

test('a page that opens links by the dozen is not followed', () => {
  const { requests } = start(signedIn);
  const taken = Array.from({ length: 12 }, (_, n) => requests.link(`tel:+1202555010${n % 10}`));
  expect(taken.filter(Boolean)).toHaveLength(5);
  nowMs += 10_000;
  expect(requests.link('tel:+12025550177')).toBe(true);
});

test('a selection without a number says so', () => {
  const { requests } = start(signedIn);
  requests.selection('see you tomorrow');
  expect(desk.dialRequest).toMatchObject({ state: 'refused', why: 'no_number' });
  requests.selection('(202) 555-0123');
  expect(desk.dialRequest).toMatchObject({
    source: 'selection',
    state: 'number',
    number: '+12025550123',
  });
});
