import { useTranslation } from 'react-i18next';
import type { CallBackView } from '../../../../shared/api/call-backs.ts';
import { timeText, whenText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useNumberText } from '../../state/use-number-text.ts';

export type CallBackText = {
  /** Who it is for. */
  readonly name: string;
  /** As people write it; empty where the name says it already. */
  readonly number: string;
  readonly when: string;
  /** The hour where the customer is; empty: the same as here, or nobody knows. */
  readonly there: string;
};

/** A call-back in words, the same wherever it stands. */
export const useCallBackText = (): ((callBack: CallBackView, now: number) => CallBackText) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const numberText = useNumberText();
  return ({ customer, number, dueAt, zone, kind, note }, now) => {
    const shown = numberText(number);
    const here = timeText(dueAt, locale);
    const there = zone === null ? here : timeText(dueAt, locale, zone);
    return {
      name: customer?.name ?? (kind === 'follow_up' ? note : shown),
      number: customer === null ? '' : shown,
      when: whenText(dueAt, now, locale),
      there: there === here ? '' : t('customer.theirTime', { time: there }),
    };
  };
};
