import { expect, test, vi } from 'vitest';
import type { OwnShiftChecks, ShiftCheck } from '../../shared/api/shift-checks.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { failure, success } from '../../shared/result.ts';
import { createShiftChecks } from './shift-checks.ts';

const hourMs = 3_600_000;
const made = (at: number, part: Partial<ShiftCheck> = {}): ShiftCheck => ({
  ...{ id: 'a', at, word: 'good', first: null, skipped: [], measured: {} },
  ...part,
});
const signedIn = {
  state: 'signed_in',
  user: { id: 'alice' },
} as unknown as DeskSnapshot['session'];
const signedOut = { state: 'signed_out', why: null, demoUsers: null } as const;
const connected = { state: 'connected' } as const;
const away = { state: 'away', why: '', since: 0 } as const;

const bed = (answer: OwnShiftChecks | null) => {
  let answered = answer;
  let now = 1_000 * hourMs;
  let snapshot = {
    session: signedOut,
    backend: connected,
    settings: { ringProof: null },
    journal: { problem: null },
  } as unknown as DeskSnapshot;
  let calls: PhoneSnapshot['calls'] = [];
  const checks = createShiftChecks({
    store: {
      snapshot: () => snapshot,
      update: (change) => {
        snapshot = { ...snapshot, ...change };
      },
    },
    order: () => true,
    publish: () => undefined,
    publishLevel: () => undefined,
    phone: () => ({ calls, engineId: 'one', devices: {} }) as unknown as PhoneSnapshot,
    mine: () =>
      Promise.resolve(
        answered === null ? failure({ code: 'backend_away', detail: '' }) : success(answered),
      ),
    ringHeard: () => undefined,
    keep: () => ({ id: 'b', at: now }),
    folder: '/nowhere',
    now: () => now,
    wallNow: () => now,
    monotonicMs: () => performance.now(),
  });
  const be = (part: Partial<DeskSnapshot>): void => {
    snapshot = { ...snapshot, ...part };
    checks.follow(snapshot);
  };
  return {
    checks,
    be,
    shown: () => snapshot.shiftCheck ?? null,
    answer: (next: OwnShiftChecks) => (answered = next),
    pass: (ms: number) => (now += ms),
    ring: () => {
      calls = [{ state: 'offered' }] as unknown as PhoneSnapshot['calls'];
      checks.takePhone({ calls, engineId: 'one' });
    },
    now: () => now,
  };
};

test('whether a check is owed is known from the sign-in on, and forgotten with the sign-out', async () => {
  const desk = bed({ condition: 'done', checks: [made(900 * hourMs)] });
  expect(desk.shown()).toBe(null);
  desk.be({ session: signedIn });
  await vi.waitFor(() => expect(desk.shown()).toMatchObject({ condition: 'done', owed: true }));
  desk.be({ session: signedOut });
  expect(desk.shown()).toBe(null);
});

test('while the backend is away nothing is owed; it is asked when it is back', async () => {
  const desk = bed(null);
  desk.be({ session: signedIn, backend: away });
  await Promise.resolve();
  expect(desk.shown()).toBe(null);
  desk.answer({ condition: 'passed', checks: [] });
  desk.be({ backend: connected });
  await vi.waitFor(() => expect(desk.shown()).toMatchObject({ owed: true, last: null }));
});

test('a check of this shift holds while the hours pass, and a shift later another is owed', async () => {
  const desk = bed(null);
  desk.answer({ condition: 'passed', checks: [made(desk.now() - hourMs)] });
  desk.be({ session: signedIn });
  await vi.waitFor(() => expect(desk.shown()).toMatchObject({ owed: false }));
  desk.pass(9 * hourMs);
  desk.be({});
  expect(desk.shown()).toMatchObject({ owed: false });
  desk.pass(8 * hourMs);
  desk.be({});
  expect(desk.shown()).toMatchObject({ owed: true });
});

test('no check begins in a call, or for nobody, and a call ends the one that goes on', () => {
  const desk = bed(null);
  const start = () => desk.checks.handlers['check.start'](null);
  const run = () => desk.checks.handlers['check.run'](null);
  expect(start()).toMatchObject({ ok: false, why: { code: 'not_signed_in' } });
  desk.be({ session: signedIn });
  expect(start()).toMatchObject({ ok: true });
  expect(run()).toMatchObject({ value: { ended: null } });
  desk.ring();
  expect(run()).toMatchObject({ value: { ended: 'call' } });
  expect(start()).toMatchObject({ ok: false, why: { code: 'call_in_progress' } });
});
