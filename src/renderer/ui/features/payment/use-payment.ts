import { useDesk } from '../../bridge/desk-store.ts';
import { isWholeAddress } from '../../../../shared/domain/payment/payment-page.ts';
import { usualPaymentRules } from '../../../../shared/domain/payment/payment-pause.ts';
import { useNowWhile } from '../../state/use-now.ts';
import type { Work } from '../../state/work.ts';
import { paymentView, type PaymentView } from './payment-view.ts';

const noSteps = [] as const;

/** What is so of the payment in this call; `none` before its answer and after its end. */
export const usePayment = (work: Work | null): PaymentView => {
  const steps = useDesk((desk) => desk.paymentSteps ?? noSteps);
  const isBackendThere = useDesk((desk) => desk.backend.state === 'connected');
  const warnSeconds = useDesk((desk) =>
    desk.session.state === 'signed_in' ? desk.session.payment?.warnSeconds : undefined,
  );
  const isLive = work?.stage === 'live';
  const payment = (isLive ? work.card?.payment : undefined) ?? null;
  const own = isLive ? steps.filter(({ callId }) => callId === work.callId) : noSteps;
  const now = useNowWhile(payment !== null);
  return paymentView(payment, own, {
    isBackendThere,
    now,
    warnSeconds: warnSeconds ?? usualPaymentRules.warnSeconds,
  });
};

/** The first page that can be opened as it is; null: the centre names none. */
export const usePaymentPage = (): string | null =>
  useDesk((desk) =>
    desk.session.state === 'signed_in'
      ? (desk.session.payment?.pages.find(isWholeAddress) ?? null)
      : null,
  );
