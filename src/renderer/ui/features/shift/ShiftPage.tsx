import { ActionIcon, Button, Skeleton } from '@mantine/core';
import IconCalendarTime from '@tabler/icons-react/dist/esm/icons/IconCalendarTime.mjs';
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BackButton } from '../../components/BackButton.tsx';
import type { AdherenceDay } from '../../../../shared/api/shifts.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { timeText } from '../../i18n/formats.ts';
import { dateFormat } from '../../i18n/formatters.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { readShiftDay, useShift, wantShiftDay } from '../../state/shift-store.ts';
import { useNow } from '../../state/use-now.ts';
import { showDesk } from '../../state/view-store.ts';
import { AskedExceptions } from './AskedExceptions.tsx';
import { AdherenceFigure } from './AdherenceFigure.tsx';
import { DayTimeline } from './DayTimeline.tsx';
import { OutOfPlan } from './OutOfPlan.tsx';
import styles from './ShiftPage.module.css';
import { ShiftSummary } from './ShiftSummary.tsx';

const dayMs = 86_400_000;
const farPastDays = 31;

/** The calendar's neighbour of a day; noon keeps clear of every change of clocks. */
const otherDay = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The agent's own day: planned above, lived below, the figure with its formula, and what may be excused. */
export const ShiftPage = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { day, state } = useShift();
  const hasSchedule = useDesk((desk) => desk.shift !== null);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const decides = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const decided = useDesk((desk) => desk.exceptionDecided);
  const since = useDesk((desk) => desk.agent?.since ?? 0);
  const now = useNow('minute');
  useEffect(() => {
    void readShiftDay();
  }, [connected, decided, since, hasSchedule]);

  return (
    <main className={styles['page']} aria-label={t('shift.title')}>
      <div className={styles['column']}>
        <BackButton onClick={showDesk}>{t('contact.back')}</BackButton>
        <div className={styles['head']}>
          <h1 className={styles['title']}>{t('shift.title')}</h1>
          {day === null ? null : (
            <div className={styles['days']}>
              <ActionIcon
                aria-label={t('shift.dayBefore')}
                disabled={Date.parse(`${day.day}T12:00:00Z`) < now - farPastDays * dayMs}
                onClick={() => {
                  wantShiftDay(otherDay(day.day, -1));
                }}
              >
                <IconChevronLeft size={18} />
              </ActionIcon>
              <span className={styles['day']} role="status">
                {dateFormat(locale, {
                  weekday: 'long',
                  day: 'numeric',
                  month: 'long',
                  timeZone: day.zone,
                }).format(day.from)}
              </span>
              <ActionIcon
                aria-label={t('shift.dayAfter')}
                disabled={day.to > now}
                onClick={() => {
                  wantShiftDay(otherDay(day.day, 1));
                }}
              >
                <IconChevronRight size={18} />
              </ActionIcon>
            </div>
          )}
        </div>
        {decides ? (
          <div className={styles['asked']}>
            <AskedExceptions />
          </div>
        ) : null}
        {day === null ? (
          state === 'away' ? (
            <EmptyState
              icon={<IconCalendarTime size={32} stroke={1.5} />}
              title={t('shift.away')}
              action={
                <Button variant="light" onClick={() => void readShiftDay()}>
                  {t('history.retry')}
                </Button>
              }
            />
          ) : (
            <div className={styles['loading']} aria-busy="true">
              <Skeleton height={96} />
              <Skeleton height={64} />
              <Skeleton height={120} />
            </div>
          )
        ) : (
          <>
            {state === 'away' ? (
              <p className={styles['stale']} role="status" data-tone="wrap-up">
                {t('shift.stale')}
              </p>
            ) : null}
            <Day day={day} now={now} hasSchedule={hasSchedule} />
          </>
        )}
      </div>
    </main>
  );
};

const Day = ({
  day,
  now,
  hasSchedule,
}: {
  readonly day: AdherenceDay;
  readonly now: number;
  readonly hasSchedule: boolean;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  if (day.plan.length === 0) {
    return (
      <EmptyState
        icon={<IconCalendarTime size={32} stroke={1.5} />}
        title={t(hasSchedule ? 'shift.nothingPlanned' : 'shift.noSchedule')}
        text={t(hasSchedule ? 'shift.nothingPlannedText' : 'shift.noScheduleText')}
      />
    );
  }
  const elsewhere = timeText(now, locale, day.zone) !== timeText(now, locale);
  return (
    <>
      {elsewhere ? (
        <p className={styles['zone']}>
          {t('shift.otherZone', { zone: day.zone.replaceAll('_', ' ') })}
        </p>
      ) : null}
      <DayTimeline day={day} now={now} />
      <AdherenceFigure day={day} />
      <OutOfPlan day={day} />
      <ShiftSummary day={day} />
    </>
  );
};
