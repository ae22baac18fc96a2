import { Button, Skeleton } from '@mantine/core';
import IconChartBar from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BackButton } from '../../components/BackButton.tsx';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { dateFormat } from '../../i18n/formatters.ts';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { readMyDay, useMyDay, type MyDay } from '../../state/my-day-store.ts';
import { chords } from '../../state/chords.ts';
import { show, showDesk } from '../../state/view-store.ts';
import { OwnVerdicts } from '../line/OwnVerdicts.tsx';
import { dayHours } from './day-hours.ts';
import { DayFigures } from './DayFigures.tsx';
import { HourChart } from './HourChart.tsx';
import styles from './MyDay.module.css';

/** The agent's own figures of today, each with how it is worked out, and hour by hour. */
export const MyDayPage = () => {
  const { t } = useTranslation();
  const { day, state } = useMyDay();
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  // What the rail shows has moved: so has this.
  const today = useDesk(({ today: told }) => JSON.stringify(told));
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  useEffect(() => {
    void readMyDay();
  }, [today, connected]);
  return (
    <main className={styles['page']} aria-label={t('myDay.title')}>
      <div className={styles['body']}>
        <BackButton ref={back} onClick={showDesk}>
          {t('contact.back')}
        </BackButton>
        <header className={styles['head']}>
          <h1 className={styles['title']}>{t('myDay.title')}</h1>
          <ActionButton
            label={t('quality.title')}
            chord={chords.quality}
            size="compact-sm"
            onClick={() => {
              show({ kind: 'quality' });
            }}
          />
        </header>
        {day === null ? <Nothing state={state} /> : <Day day={day} isStale={state === 'away'} />}
        {day === null ? null : (
          <OwnVerdicts headingClass={styles['heading']} textClass={styles['about']} />
        )}
      </div>
    </main>
  );
};

const Day = ({ day, isStale }: { readonly day: MyDay; readonly isStale: boolean }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const readAt = useMyDay((kept) => kept.readAt);
  const { zone, from, lines } = day.day;
  const hours = dayHours(day.hours.lines);
  const date = dateFormat(locale, {
    ...{ weekday: 'long', day: 'numeric', month: 'long' },
    timeZone: zone,
  }).format(from);
  const [line] = lines;
  return (
    <>
      <p className={styles['about']}>{t('myDay.about', { date, zone })}</p>
      {isStale ? (
        <p className={styles['stale']} role="status" data-tone="wrap-up">
          {t('myDay.stale', { time: timeText(readAt, locale) })}
        </p>
      ) : null}
      {line === undefined ? (
        <EmptyState
          icon={<IconChartBar size={32} stroke={1.5} />}
          title={t('myDay.none')}
          text={t('myDay.noneText')}
        />
      ) : (
        <>
          <DayFigures line={line} />
          <h2 className={styles['heading']}>{t('myDay.hours')}</h2>
          <HourChart hours={hours} zone={zone} />
        </>
      )}
    </>
  );
};

const Nothing = ({ state }: { readonly state: 'loading' | 'here' | 'away' }) => {
  const { t } = useTranslation();
  if (state !== 'away') {
    return (
      <div className={styles['loading']} aria-hidden="true">
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={72} animate={false} />
        ))}
      </div>
    );
  }
  return (
    <EmptyState
      icon={<IconChartBar size={32} stroke={1.5} />}
      title={t('myDay.away')}
      action={
        <Button variant="light" onClick={() => void readMyDay()}>
          {t('myDay.retry')}
        </Button>
      }
    />
  );
};
