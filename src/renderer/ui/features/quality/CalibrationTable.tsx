import { useTranslation } from 'react-i18next';
import type { QualityForm, Scorecard } from '../../../../shared/api/quality.ts';
import { calibrationOf } from '../../../../shared/domain/quality/quality.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { formOf, percentText, valueWords } from './form-words.ts';
import styles from './Quality.module.css';

/** Several scorers of one conversation side by side, what they disagree about most first. */
export const CalibrationTable = ({
  cards,
  forms,
}: {
  readonly cards: readonly Scorecard[];
  readonly forms: readonly QualityForm[];
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const label = useLabel();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const [first] = cards.filter(({ purpose }) => purpose === 'calibration');
  const form = first === undefined ? null : formOf(forms, first);
  if (first === undefined || form === null) return null;
  // Only what was filled in on one and the same form can be compared.
  const compared = cards.filter(
    ({ form: code, version }) => code === form.code && version === form.version,
  );
  const { total, criteria } = calibrationOf(
    form.criteria,
    compared.map(({ answers }) => answers),
  );
  return (
    <div className={styles['scroll']}>
      <table className={styles['calibration']}>
        <caption>
          {total === null
            ? t('quality.alone')
            : t('quality.spread', { count: total.count, range: number.format(total.range) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('quality.criterion')}</th>
            {compared.map(({ id, scorer, purpose }) => (
              <th key={id} scope="col">
                {scorer.name}
                {purpose === 'review' ? ` (${t('quality.review')})` : ''}
              </th>
            ))}
            <th scope="col" className={styles['number']}>
              {t('quality.apart')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className={styles['total']}>
            <th scope="row">{t('quality.total')}</th>
            {compared.map(({ id, percent }) => (
              <td key={id}>{percentText(percent, locale)}</td>
            ))}
            <td className={styles['number']}>
              {total === null ? '–' : number.format(total.range)}
            </td>
          </tr>
          {criteria.map(({ key, spread, applies }) => {
            const criterion = form.criteria.find((each) => each.key === key);
            if (criterion === undefined) return null;
            return (
              <tr key={key}>
                <th scope="row">{label(criterion.label)}</th>
                {compared.map(({ id, answers }) => (
                  <td key={id}>{valueWords(criterion, answers[key]?.value ?? null, t)}</td>
                ))}
                <td className={styles['number']}>
                  {applies === 'disputed'
                    ? t('quality.disputed')
                    : spread === null
                      ? '–'
                      : number.format(spread.range)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
