import { order } from '../../state/orders.ts';

export const openPayment = (callId: string, step: 'button' | 'field'): void => {
  void order('payment.open', { callId, step });
};

/** `null`: everything that is open in the call. */
export const closePayment = (callId: string, step: 'field' | null): void => {
  void order('payment.close', { callId, step });
};

export const extendPayment = (callId: string): void => {
  void order('payment.extend', { callId });
};

/** The centre's own page for it, in the browser; main silences the recording as it opens it. */
export const openPaymentPage = (address: string): void => {
  window.open(address, '_blank', 'noopener');
};
