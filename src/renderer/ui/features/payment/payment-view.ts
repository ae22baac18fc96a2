import type { Payment } from '../../../../shared/api/payment.ts';
import { usualPaymentRules } from '../../../../shared/domain/payment/payment-pause.ts';
import type { PaymentStepView } from '../../../../shared/ipc/payment.ts';

/**
 * What the agent may believe while a card is taken. Only `silent` and `not_recorded` allow to take the number, and both
 * are the backend's word.
 */
export type PaymentView =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'not_confirmed'; readonly why: 'away' | 'no_silence' | 'over' }
  | {
      readonly kind: 'silent' | 'not_recorded';
      /** When it ends by itself. */
      readonly limitAt: number;
      /** It ends soon. */
      readonly warns: boolean;
    };

export const paymentView = (
  payment: Payment | null,
  /** Of this call. */
  steps: readonly PaymentStepView[],
  {
    isBackendThere,
    now,
    warnSeconds = usualPaymentRules.warnSeconds,
  }: { readonly isBackendThere: boolean; readonly now: number; readonly warnSeconds?: number },
): PaymentView => {
  const wanted = steps.filter(({ state }) => state !== 'closing');
  if (payment === null && wanted.length === 0) return { kind: 'none' };
  // What was true when the line broke may be over.
  if (!isBackendThere) return { kind: 'not_confirmed', why: 'away' };
  if (payment === null) {
    return wanted.some(({ state }) => state === 'failed')
      ? { kind: 'not_confirmed', why: 'away' }
      : // The backend had it open, and has it no more.
        wanted.every(({ state }) => state === 'open')
        ? { kind: 'not_confirmed', why: 'over' }
        : { kind: 'asking' };
  }
  if (payment.silence === 'not_confirmed') return { kind: 'not_confirmed', why: 'no_silence' };
  const limitAt = Math.max(...payment.pauses.map((pause) => pause.limitAt));
  if (now >= limitAt) return { kind: 'not_confirmed', why: 'over' };
  return { kind: payment.silence, limitAt, warns: limitAt - now <= warnSeconds * 1_000 };
};
