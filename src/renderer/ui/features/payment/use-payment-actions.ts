import { useTranslation } from 'react-i18next';
import { chords } from '../../state/chords.ts';
import { useCapabilities } from '../../state/use-capabilities.ts';
import type { Work } from '../../state/work.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { closePayment, extendPayment, openPayment, openPaymentPage } from './payment-orders.ts';
import { usePayment, usePaymentPage } from './use-payment.ts';

/** One key before and after a card; where nothing is recorded there is none. */
export const usePaymentActions = (centre: Work | null): ListedAction[] => {
  const { t } = useTranslation();
  const { recording } = useCapabilities();
  const view = usePayment(centre);
  const page = usePaymentPage();
  if (!recording) return [];
  const isLive = centre?.stage === 'live' && centre.consultFor === null;
  const isOpen = view.kind !== 'none';
  return [
    {
      id: 'payment',
      group: 'consent',
      label: t(isOpen ? 'payment.done' : 'payment.take'),
      chord: chords.payment,
      possible: isLive,
      run: () => {
        if (centre === null) return;
        if (isOpen) closePayment(centre.callId, null);
        else openPayment(centre.callId, 'button');
      },
    },
    {
      id: 'payment-extend',
      group: 'consent',
      label: t('payment.extend'),
      chord: chords.extendPayment,
      possible: isLive && (view.kind === 'silent' || view.kind === 'not_recorded'),
      run: () => {
        if (centre !== null) extendPayment(centre.callId);
      },
    },
    ...(page === null
      ? []
      : [
          {
            id: 'payment-page',
            group: 'consent' as const,
            label: t('payment.openPage'),
            chord: null,
            possible: isLive,
            run: () => {
              openPaymentPage(page);
            },
          },
        ]),
  ];
};
