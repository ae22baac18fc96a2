import { useTranslation } from 'react-i18next';
import { serverNow } from '../../bridge/clock.ts';
import { useNow } from '../../state/use-now.ts';
import styles from './TimeInState.module.css';

const minuteMs = 60_000;

/** How long, in seconds for the first minute and in minutes after it: a quiet desk redraws once a minute. */
export const TimeInState = ({
  since,
  maximumMinutes = null,
}: {
  readonly since: number;
  /** How long the reason is meant to last; null: nobody said. */
  readonly maximumMinutes?: number | null;
}) => {
  useNow('minute');
  // The minute's tick renders this anew; the clock itself is what is read.
  const young = serverNow() - since < minuteMs;
  return (
    <p className={styles['time']}>
      {young ? <Seconds since={since} /> : <Minutes since={since} />}
      {maximumMinutes === null ? null : <Limit since={since} maximumMinutes={maximumMinutes} />}
    </p>
  );
};

const Seconds = ({ since }: { readonly since: number }) => {
  const { t } = useTranslation();
  const elapsedMs = Math.max(0, useNow('second') - since);
  if (elapsedMs >= minuteMs) return <Minutes since={since} />;
  return t('time.seconds', { count: Math.floor(elapsedMs / 1_000) });
};

const Minutes = ({ since }: { readonly since: number }) => {
  const { t } = useTranslation();
  const minutes = Math.max(1, Math.floor((useNow('minute') - since) / minuteMs));
  if (minutes < 60) return t('time.minutes', { count: minutes });
  return t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
};

/** Told, and never enforced: the agent knows best why it takes longer. */
const Limit = ({
  since,
  maximumMinutes,
}: {
  readonly since: number;
  readonly maximumMinutes: number;
}) => {
  const { t } = useTranslation();
  const over = Math.floor((useNow('minute') - since) / minuteMs) - maximumMinutes;
  return over < 0 ? (
    <span className={styles['limit']}>{t('time.ofMaximum', { minutes: maximumMinutes })}</span>
  ) : (
    <span className={styles['limit']} data-over data-tone="wrap-up">
      {over === 0 ? t('time.maximumUsed') : t('time.overMaximum', { minutes: over })}
    </span>
  );
};
