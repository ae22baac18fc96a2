import type { Payment } from '../../../shared/api/payment.ts';
import { silenceOf } from '../../../shared/domain/payment/payment-pause.ts';
import type { PaymentPauseRow } from './payment-repository.ts';

/** What is open of a call, and whether it is silent; at least one pause is. */
export const paymentView = (
  open: readonly PaymentPauseRow[],
  recording: Parameters<typeof silenceOf>[0],
): Payment => ({
  pauses: open.map(({ id, step, agentId, beganAt, limitAt }) => ({
    id,
    step,
    agentId,
    beganAt,
    limitAt,
  })),
  silence: silenceOf(recording),
});
