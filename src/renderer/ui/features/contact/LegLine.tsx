import { useTranslation } from 'react-i18next';
import type { LineSummaryView } from '../../../../shared/api/line-quality.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { durationText } from '../../i18n/formats.ts';

/** How well the agent heard the call: the mean, and how long it was not good. */
export const LegLine = ({ line }: { readonly line: LineSummaryView }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const { mosMean, lossPercent, badSeconds, fairSeconds } = line;
  return (
    <div>
      <dt>{t('contact.line.name')}</dt>
      <dd>
        {[
          t('contact.line.mean', {
            mos: number.format(mosMean),
            loss: number.format(lossPercent),
          }),
          fairSeconds === 0
            ? null
            : t('contact.line.fair', { time: durationText(fairSeconds * 1_000) }),
          badSeconds === 0
            ? null
            : t('contact.line.bad', { time: durationText(badSeconds * 1_000) }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </dd>
    </div>
  );
};
