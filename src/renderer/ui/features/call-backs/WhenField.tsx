import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  isPermitted,
  usualCallBackRules,
} from '../../../../shared/domain/call-back/call-back-hours.ts';
import { serverNow } from '../../bridge/clock.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { timeText, whenText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import {
  dateFieldOf,
  quickTimeAt,
  quickTimes,
  timeFieldOf,
  timeOfFields,
} from '../../state/quick-times.ts';
import styles from './CallBacks.module.css';

/** When: by one press, or a date and a time; how late it is then where the customer is stands beside it. */
export const WhenField = ({
  dueAt,
  zone,
  isCall,
  error,
  onChange,
}: {
  readonly dueAt: number | null;
  /** IANA, of the customer; null: nobody knows. */
  readonly zone: string | null;
  readonly isCall: boolean;
  readonly error: string | null;
  readonly onChange: (dueAt: number | null) => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const hours = useDesk(({ callBacks }) => callBacks?.rules ?? usualCallBackRules);
  const [date, setDate] = useState(dueAt === null ? '' : dateFieldOf(dueAt));
  const [time, setTime] = useState(dueAt === null ? '' : timeFieldOf(dueAt));
  const put = (nextDate: string, nextTime: string): void => {
    setDate(nextDate);
    setTime(nextTime);
    onChange(timeOfFields(nextDate, nextTime));
  };
  const now = serverNow();
  const isEarlyOrLate = isCall && dueAt !== null && !isPermitted(dueAt, zone, hours);
  const there = dueAt === null || zone === null ? null : timeText(dueAt, locale, zone);
  return (
    <fieldset className={styles['when']} data-field="when">
      <legend>{t('callBacks.when')}</legend>
      <div className={styles['chips']}>
        {quickTimes.map((quick) => (
          <button
            key={quick}
            type="button"
            className={styles['chip']}
            aria-pressed={dueAt === quickTimeAt(quick, now)}
            onClick={() => {
              const at = quickTimeAt(quick, serverNow());
              put(dateFieldOf(at), timeFieldOf(at));
            }}
          >
            {t(`callBacks.quick.${quick}`)}
          </button>
        ))}
      </div>
      <div className={styles['time']}>
        <input
          type="date"
          className={styles['input']}
          aria-label={t('callBacks.date')}
          aria-invalid={error !== null}
          value={date}
          onChange={(event) => {
            put(event.currentTarget.value, time);
          }}
        />
        <input
          type="time"
          className={styles['input']}
          aria-label={t('callBacks.time')}
          aria-invalid={error !== null}
          value={time}
          onChange={(event) => {
            put(date, event.currentTarget.value);
          }}
        />
        <span className={styles['reading']}>
          {dueAt === null ? '' : whenText(dueAt, now, locale)}
          {there === null ? '' : ` · ${t('customer.theirTime', { time: there })}`}
        </span>
      </div>
      {error === null ? null : (
        <p className={styles['error']} role="alert">
          {error}
        </p>
      )}
      {isEarlyOrLate ? (
        <p className={styles['caution']} role="status" data-tone="wrap-up">
          {t('callBacks.outsideHours', { from: hours.earliestHour, to: hours.latestHour })}
        </p>
      ) : null}
    </fieldset>
  );
};
