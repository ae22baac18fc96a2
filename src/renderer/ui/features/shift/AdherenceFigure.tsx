import { useTranslation } from 'react-i18next';
import type { AdherenceDay } from '../../../../shared/api/shifts.ts';
import { useShiftText } from '../../state/use-shift-text.ts';
import styles from './AdherenceFigure.module.css';

const minuteMs = 60_000;

/** The figure, what it is made of, and the formula in words: nothing that the agent could not recompute. */
export const AdherenceFigure = ({ day }: { readonly day: AdherenceDay }) => {
  const { t } = useTranslation();
  const { lengthOf, shareText } = useShiftText();
  const { parts, share, excusedShare } = day;
  if (share === null || excusedShare === null) {
    return <p className={styles['formula']}>{t('shift.notYet')}</p>;
  }
  const lines = [
    ['adherentMs', parts.adherentMs],
    ['graceMs', parts.graceMs],
    ['excusedMs', parts.excusedMs],
    ['outMs', parts.outMs],
  ] as const;
  return (
    <section className={styles['figure']} aria-labelledby="shift-adherence">
      <div className={styles['main']}>
        <h2 id="shift-adherence" className={styles['heading']}>
          {t('shift.adherence')}
        </h2>
        <p className={styles['share']}>{shareText(share)}</p>
        {parts.excusedMs > 0 ? (
          <p className={styles['excused']}>
            {t('shift.withExcused', { share: shareText(excusedShare) })}
          </p>
        ) : null}
      </div>
      <div className={styles['parts']}>
        <dl>
          {lines
            .filter(([name, ms]) => name !== 'excusedMs' || ms > 0)
            .map(([name, ms]) => (
              <div key={name} className={styles['part']}>
                <dt>{t(`shift.part.${name}`)}</dt>
                <dd>{lengthOf(ms)}</dd>
              </div>
            ))}
          <div className={styles['part']} data-sum>
            <dt>{t('shift.part.scheduledMs')}</dt>
            <dd>{lengthOf(parts.scheduledMs)}</dd>
          </div>
        </dl>
        <p className={styles['formula']}>
          {t('shift.formula', { count: Math.round(day.graceMs / minuteMs) })}
        </p>
      </div>
    </section>
  );
};
