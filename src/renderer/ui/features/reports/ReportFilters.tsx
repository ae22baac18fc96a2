import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReportChoice } from '../../../../shared/api/report-sheet.ts';
import {
  reportSubjects,
  reportViews,
  type ReportSubject,
  type ReportView,
} from '../../../../shared/domain/reporting/figures.ts';
import { reportPeriods } from '../../../../shared/domain/reporting/period.ts';
import type { ReportInterval } from '../../../../shared/domain/reporting/report-interval.ts';
import { choose, useReports } from '../../state/reports-store.ts';
import { intervalsOf, usualInterval } from './report-words.ts';
import styles from './Reports.module.css';
import { headFigures } from './shown-figures.ts';

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const dayMs = 86_400_000;

/** The interval stays where the other period can be told in it as well. */
const withInterval = (choice: ReportChoice): ReportChoice => ({
  ...choice,
  interval: intervalsOf(choice).includes(choice.interval)
    ? choice.interval
    : usualInterval(choice.period),
});

/** Which days, in which steps, of what, and by whose definitions. */
export const ReportFilters = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const choice = useReports((kept) => kept.choice);
  const sheet = useReports((kept) => kept.sheet);
  const { period, interval, by, view, section, from = '', to = '' } = choice;
  const choosePeriod = (next: ReportChoice['period']): void => {
    if (next !== 'days') {
      const { from: _from, to: _to, ...others } = choice;
      useReports.setState({ choice: withInterval({ ...others, period: next }), drill: null });
      return;
    }
    // What was shown, as days that can be changed.
    const first = dayOf((sheet?.from ?? Date.now()) + dayMs / 2);
    const end = dayOf((sheet?.to ?? Date.now() + dayMs) + dayMs / 2);
    choose(withInterval({ ...choice, period: 'days', from: first, to: end }));
  };
  const chooseBy = (next: ReportSubject): void => {
    const { key: _key, figure, ...others } = choice;
    const kept = headFigures[next].includes(figure) ? figure : (headFigures[next][0] ?? 'handled');
    useReports.setState({ choice: { ...others, by: next, figure: kept }, drill: null });
  };
  const hasFigures = section === 'figures' || section === 'missed';
  return (
    <div className={styles['filters']} role="group" aria-label={t('reports.filters')}>
      <NativeSelect
        id={id}
        size="sm"
        label={t('reports.period')}
        value={period}
        data={[...reportPeriods, 'days' as const].map((value) => ({
          value,
          label: t(`reports.periods.${value}`),
        }))}
        onChange={(event) => {
          choosePeriod(event.currentTarget.value as ReportChoice['period']);
        }}
      />
      {period === 'days' ? (
        <>
          <label className={styles['date']}>
            {t('reports.firstDay')}
            <input
              type="date"
              required
              value={from}
              max={to === '' ? undefined : dayOf(Date.parse(to) - dayMs)}
              onChange={(event) => {
                const { value } = event.currentTarget;
                if (value !== '' && value < to) choose(withInterval({ ...choice, from: value }));
              }}
            />
          </label>
          <label className={styles['date']}>
            {t('reports.lastDay')}
            <input
              type="date"
              required
              value={to === '' ? '' : dayOf(Date.parse(to) - dayMs)}
              min={from}
              onChange={(event) => {
                const { value } = event.currentTarget;
                if (value === '' || value < from) return;
                const next = dayOf(Date.parse(value) + dayMs);
                choose(withInterval({ ...choice, to: next }));
              }}
            />
          </label>
        </>
      ) : null}
      {hasFigures ? (
        <>
          {section === 'missed' ? null : (
            <NativeSelect
              size="sm"
              label={t('reports.interval')}
              value={interval}
              data={intervalsOf(choice).map((value) => ({
                value,
                label: t(`reports.intervals.${value}`),
              }))}
              onChange={(event) => {
                choose({ interval: event.currentTarget.value as ReportInterval });
              }}
            />
          )}
          <div className={styles['by']}>
            <span aria-hidden="true">{t('reports.by')}</span>
            <SegmentedControl
              size="sm"
              aria-label={t('reports.by')}
              value={by}
              data={reportSubjects.map((value) => ({
                value,
                label: t(`reports.subjects.${value}`),
              }))}
              onChange={(value) => {
                chooseBy(value);
              }}
            />
          </div>
          <NativeSelect
            size="sm"
            label={t('reports.definitionsOf')}
            value={view}
            data={reportViews.map((value) => ({ value, label: t(`reports.views.${value}`) }))}
            onChange={(event) => {
              choose({ view: event.currentTarget.value as ReportView });
            }}
          />
        </>
      ) : null}
    </div>
  );
};
