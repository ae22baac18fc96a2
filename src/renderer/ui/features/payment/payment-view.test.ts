import { expect, test } from 'vitest';
import type { Payment } from '../../../../shared/api/payment.ts';
import type { PaymentStepView } from '../../../../shared/ipc/payment.ts';
import { paymentView } from './payment-view.ts';

const callId = '00000000-0000-4000-8000-000000000001';
const step = (state: PaymentStepView['state']): PaymentStepView => ({
  callId,
  step: 'button',
  state,
});
const open = (silence: Payment['silence'], limitAt = 100_000): Payment => ({
  pauses: [{ id: callId, step: 'button', agentId: callId, beganAt: 0, limitAt }],
  silence,
});
const there = { isBackendThere: true, now: 1_000, warnSeconds: 20 };

test('without a step there is nothing to say', () => {
  expect(paymentView(null, [], there)).toEqual({ kind: 'none' });
  expect(paymentView(null, [step('closing')], there)).toEqual({ kind: 'none' });
});

test('the number may be taken only once the backend said that nothing is kept', () => {
  expect(paymentView(null, [step('asking')], there)).toEqual({ kind: 'asking' });
  expect(paymentView(open('not_confirmed'), [step('open')], there)).toEqual({
    kind: 'not_confirmed',
    why: 'no_silence',
  });
  for (const silence of ['silent', 'not_recorded'] as const) {
    expect(paymentView(open(silence), [step('open')], there)).toEqual({
      kind: silence,
      limitAt: 100_000,
      warns: false,
    });
  }
});

test('a line that broke takes every promise along', () => {
  const away = { ...there, isBackendThere: false };
  const broken = { kind: 'not_confirmed', why: 'away' };
  expect(paymentView(open('silent'), [step('open')], away)).toEqual(broken);
  expect(paymentView(null, [step('failed')], there)).toEqual(broken);
});

test('before the end it warns, and from the end on it promises nothing', () => {
  const at = (now: number) => paymentView(open('silent'), [step('open')], { ...there, now });
  expect(at(79_999)).toMatchObject({ kind: 'silent', warns: false });
  expect(at(80_000)).toMatchObject({ kind: 'silent', warns: true });
  expect(at(100_000)).toEqual({ kind: 'not_confirmed', why: 'over' });
});

test('a field that is still open when the time was over does not look silent', () => {
  expect(paymentView(null, [step('open')], there)).toEqual({ kind: 'not_confirmed', why: 'over' });
});
