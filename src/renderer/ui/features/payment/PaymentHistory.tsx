import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PaymentHistory as History, RecordingGap } from '../../../../shared/api/payment.ts';
import type { Contact } from '../../../../shared/api/records.ts';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './PaymentHistory.module.css';

/** What was found in the silence, in words. */
const proofText = ({ resumedAt, proof }: RecordingGap, locale: string, t: TFunction): string => {
  if (proof === null) {
    return t(resumedAt === null ? 'payment.history.running' : 'payment.history.unproven');
  }
  const count = new Intl.NumberFormat(locale);
  const samples = count.format(proof.samples);
  if (proof.samples === 0) return t('payment.history.short');
  return proof.notZero === 0
    ? t('payment.history.proven', { samples })
    : t('payment.history.notSilent', { count: count.format(proof.notZero), samples });
};

/** Where in the recording; null: nobody knows when that began. */
const placeOf = (
  { recordingId, pausedAt, resumedAt, proof }: RecordingGap,
  recordings: Contact['recordings'],
): { readonly from: string; readonly to: string } | null => {
  const recording = recordings.find(({ id }) => id === recordingId);
  if (recording === undefined) return null;
  const end = resumedAt ?? recording.endedAt;
  if (end === null) return null;
  const offset = (at: number): string => durationText(Math.max(0, at - recording.startedAt));
  return proof === null || proof.samples === 0
    ? { from: offset(pausedAt), to: offset(end) }
    : { from: durationText(proof.fromMs), to: durationText(proof.toMs) };
};

/** When cards were taken, and that nothing of it is in the recording. */
export const PaymentHistory = ({
  payment,
  recordings,
}: {
  readonly payment: History;
  readonly recordings: Contact['recordings'];
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return (
    <section className={styles['history']} aria-labelledby="contact-payment">
      <h2 id="contact-payment" className={styles['heading']}>
        {t('payment.history.heading')}
      </h2>
      <ol>
        {payment.pauses.map(({ id, step, agentName, beganAt, endedAt, endWhy }) => (
          <li key={id} className={styles['line']}>
            <span className={styles['at']}>{time.format(beganAt)}</span>
            <span>
              {t(`payment.history.step.${step}`)}
              <span className={styles['about']}>
                {[
                  agentName,
                  endedAt === null || endWhy === null
                    ? t('payment.history.open')
                    : `${durationText(endedAt - beganAt)}, ${t(`payment.history.end.${endWhy}`)}`,
                ].join(' · ')}
              </span>
            </span>
          </li>
        ))}
        {payment.gaps.map((gap) => {
          const place = placeOf(gap, recordings);
          const isBroken = gap.proof !== null && gap.proof.notZero > 0;
          return (
            <li key={`${gap.recordingId} ${gap.pausedAt}`} className={styles['line']}>
              <span className={styles['at']}>{time.format(gap.pausedAt)}</span>
              <span>
                {t('payment.history.gap')}
                {place === null ? null : (
                  <span className={styles['place']}>{t('payment.history.gapAt', place)}</span>
                )}
                <span className={styles['about']} data-broken={isBroken || undefined}>
                  {proofText(gap, locale, t)}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
};
