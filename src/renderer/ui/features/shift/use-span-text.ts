import { useTranslation } from 'react-i18next';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useShiftText } from '../../state/use-shift-text.ts';

type Span = { readonly startsAt: number; readonly endsAt: number };

export const useSpanText = (): ((span: Span) => string) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { lengthOf } = useShiftText();
  return ({ startsAt, endsAt }) =>
    t('shift.span', {
      from: timeText(startsAt, locale),
      to: timeText(endsAt, locale),
      length: lengthOf(endsAt - startsAt),
    });
};
