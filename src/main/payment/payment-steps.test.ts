import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ContactCard } from '../../shared/api/records.ts';
import type { Call } from '../../shared/domain/call/call.ts';
import { failure, success } from '../../shared/result.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import { createDeskStore } from '../desk/desk-store.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createPaymentSteps } from './payment-steps.ts';

const me = '00000000-0000-4000-8000-000000000001';
const callId = '00000000-0000-4000-8000-000000000002';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What the backend does with each request, in turn; the last goes on. */
type Does = 'takes' | 'is_away' | 'knows_nothing';

const deskThat = (...does: readonly Does[]) => {
  const store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  const asked: string[] = [];
  let calls: readonly Call[] = [
    { callId, callKey: 'key', state: 'connected', hold: 'none' } as unknown as Call,
  ];
  let turn = 0;
  const request = (({ path, body }: { path: string; body?: { step?: string; why?: string } }) => {
    const what = does[Math.min(turn, does.length - 1)] ?? 'takes';
    turn += 1;
    asked.push(`${path} ${body?.step ?? body?.why ?? ''}`);
    const code = what === 'is_away' ? 'backend_away' : 'not_found';
    return Promise.resolve(
      what === 'takes'
        ? success({ pauseId: 'p1', endedAt: null, payment: null })
        : failure({ code, detail: '' }),
    );
  }) as unknown as DeskSession['request'];
  let count = 0;
  const payments = createPaymentSteps({
    store,
    session: { request, userId: () => me },
    calls: () => calls,
    newId: () => `p${String((count += 1))}`,
  });
  const handle = {
    open: (step: 'button' | 'field') => {
      void payments.handlers['payment.open']({ callId, step });
    },
    close: (step: 'field' | null) => {
      void payments.handlers['payment.close']({ callId, step });
    },
  };
  return {
    ...handle,
    payments,
    store,
    asked,
    shown: () => (store.snapshot().paymentSteps ?? []).map(({ step, state }) => `${step} ${state}`),
    endCall: () => {
      calls = [];
      payments.follow();
    },
    passes: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
};

test('a step is asked for once, open when the backend took it, and closed when it took that', async () => {
  const desk = deskThat('takes');
  desk.open('button');
  desk.open('button');
  expect(desk.shown()).toEqual(['button asking']);
  expect(desk.payments.isOpen(callId)).toBe(true);
  await desk.passes(0);
  expect(desk.shown()).toEqual(['button open']);
  desk.close(null);
  expect(desk.payments.isOpen(callId)).toBe(false);
  await desk.passes(0);
  expect(desk.shown()).toEqual([]);
  expect(desk.asked).toEqual(['/payment-pauses button', '/payment-pauses/p1/end agent']);
});

test('while the backend is away that is said, and it is asked until it is there', async () => {
  const desk = deskThat('is_away', 'is_away', 'takes');
  desk.open('field');
  await desk.passes(0);
  expect(desk.shown()).toEqual(['field failed']);
  await desk.passes(2_000);
  expect(desk.shown()).toEqual(['field open']);
  expect(desk.asked).toHaveLength(3);
});

test('a step that is closed before the backend took it is said to be closed all the same', async () => {
  const desk = deskThat('is_away', 'knows_nothing');
  desk.open('field');
  desk.close('field');
  await desk.passes(0);
  expect(desk.asked).toEqual(['/payment-pauses field', '/payment-pauses/p1/end step_closed']);
  expect(desk.shown()).toEqual([]);
});

test('the end of one step leaves the other open', async () => {
  const desk = deskThat('takes');
  desk.open('button');
  desk.open('field');
  await desk.passes(0);
  desk.close('field');
  await desk.passes(0);
  expect(desk.shown()).toEqual(['button open']);
});

test('what the keys of the telephone opened, or an earlier run of this program, is closed with the rest', async () => {
  const desk = deskThat('takes');
  const pause = { id: 'other', step: 'keypad', agentId: me, beganAt: 1, limitAt: 2 } as const;
  const card = { callKey: 'key', payment: { pauses: [pause], silence: 'silent' } };
  desk.store.update({ cards: [card as unknown as ContactCard] });
  desk.close(null);
  await desk.passes(0);
  expect(desk.asked).toEqual(['/payment-pauses/other/end step_closed']);
});

test('a call that is over owes no silence, and one that is not there none either', async () => {
  const desk = deskThat('is_away');
  desk.open('button');
  await desk.passes(0);
  desk.endCall();
  expect(desk.shown()).toEqual([]);
  await desk.passes(5_000);
  expect(desk.asked).toHaveLength(1);
  desk.open('button');
  expect(desk.shown()).toEqual([]);
});

test('a page where cards are taken is of the call that is heard', async () => {
  const desk = deskThat('takes');
  desk.payments.pageOpened();
  await desk.passes(0);
  expect(desk.asked).toEqual(['/payment-pauses page']);
});
