import { useTranslation } from 'react-i18next';
import type { AdherenceDay } from '../../../../shared/api/shifts.ts';
import { useShiftText } from '../../state/use-shift-text.ts';
import styles from './ShiftSummary.module.css';

/** A shift in a few numbers. */
export const ShiftSummary = ({ day }: { readonly day: AdherenceDay }) => {
  const { t } = useTranslation();
  const { lengthOf, shareText } = useShiftText();
  const { work } = day;
  const figures: readonly (readonly [string, string])[] = [
    [t('shift.summary.calls'), String(work.contacts)],
    [t('shift.summary.handleTime'), lengthOf(work.handleMs)],
    [
      t('shift.summary.breaks'),
      work.breaks === 0
        ? '0'
        : t('shift.summary.breaksOf', { count: work.breaks, time: lengthOf(work.breakMs) }),
    ],
    [t('shift.adherence'), day.excusedShare === null ? '–' : shareText(day.excusedShare)],
  ];
  return (
    <section className={styles['summary']} aria-labelledby="shift-summary">
      <h2 id="shift-summary" className={styles['heading']}>
        {t('shift.summary.title')}
      </h2>
      <dl className={styles['figures']}>
        {figures.map(([name, value]) => (
          <div key={name} className={styles['figure']}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {work.owed === 0 ? null : (
        <p className={styles['owed']} data-tone="wrap-up">
          {t('shift.summary.owed', { count: work.owed })}
        </p>
      )}
    </section>
  );
};
