import IconCalendarTime from '@tabler/icons-react/dist/esm/icons/IconCalendarTime.mjs';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdherenceReport } from '../../../../shared/api/shifts.ts';
import {
  adherenceShare,
  excusedShare,
  type AdherenceParts,
} from '../../../../shared/domain/schedule/adherence.ts';
import type { ChartSeries } from '../../components/chart-props.ts';
import { Chart } from '../../components/Chart.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { AskedExceptions } from '../shift/AskedExceptions.tsx';
import { NotHere } from './NotHere.tsx';
import { intervalText, shareText } from './report-words.ts';
import styles from './Reports.module.css';
import { useAsked } from '../../state/use-asked.ts';

const nothing: AdherenceParts = {
  scheduledMs: 0,
  adherentMs: 0,
  graceMs: 0,
  excusedMs: 0,
  outMs: 0,
};

const sum = (a: AdherenceParts, b: AdherenceParts): AdherenceParts => ({
  scheduledMs: a.scheduledMs + b.scheduledMs,
  adherentMs: a.adherentMs + b.adherentMs,
  graceMs: a.graceMs + b.graceMs,
  excusedMs: a.excusedMs + b.excusedMs,
  outMs: a.outMs + b.outMs,
});

type Group = { readonly key: string; readonly name: string; readonly parts: AdherenceParts };

const grouped = (
  lines: AdherenceReport['lines'],
  keyOf: (line: AdherenceReport['lines'][number]) => readonly [key: string, name: string],
): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const [key, name] = keyOf(line);
    groups.set(key, { key, name, parts: sum(groups.get(key)?.parts ?? nothing, line.parts) });
  }
  return [...groups.values()];
};

/** How work went beside the schedule: by day, and by agent. */
export const AdherenceSection = ({ from, to }: { readonly from: number; readonly to: number }) => {
  const [asked, again] = useAsked(`${String(from)} ${String(to)}`, () =>
    ask('reports.adherence', { from, to }),
  );
  const failed = asked.state === 'failed' && asked.why === 'invalid' ? 'refused' : 'away';
  return (
    <>
      <AskedExceptions onDecided={again} />
      {asked.state === 'here' ? (
        <Adherence report={asked.value} />
      ) : (
        <NotHere state={asked.state === 'loading' ? 'loading' : failed} onRetry={again} />
      )}
    </>
  );
};

const Adherence = ({ report }: { readonly report: AdherenceReport }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { lines, zone, graceMs } = report;
  const agents = grouped(lines, ({ key, name }) => [key, name]).toSorted((a, b) =>
    a.name.localeCompare(b.name, locale),
  );
  const points = useMemo(
    () =>
      grouped(lines, ({ from }) => [
        String(from),
        intervalText({ from, interval: 'day', zone }, 7, locale),
      ]).map(({ name, parts }) => ({
        at: name,
        values: { share: adherenceShare(parts), excused: excusedShare(parts) },
      })),
    [lines, zone, locale],
  );
  const valueText = useMemo(() => (value: number) => shareText(value, locale), [locale]);
  const series = useMemo(
    (): readonly ChartSeries[] => [
      {
        ...{ key: 'share', name: t('reports.adherence.share'), kind: 'bar' },
        color: 'var(--rs-brand-solid)',
      },
      {
        ...{ key: 'excused', name: t('reports.adherence.excusedShare'), kind: 'line' },
        ...{ color: 'var(--rs-line-strong)', dashed: true },
      },
    ],
    [t],
  );
  if (agents.length === 0) {
    return (
      <EmptyState
        icon={<IconCalendarTime size={32} stroke={1.5} />}
        title={t('reports.adherence.none')}
      />
    );
  }
  const share = (value: number | null): string =>
    value === null ? t('common.none') : shareText(value, locale);
  const title = t('reports.sections.adherence');
  return (
    <section className={styles['part']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      <p className={styles['about']}>
        {t('reports.adherence.how', { minutes: Math.round(graceMs / 60_000) })}
      </p>
      {points.length > 1 ? (
        <Chart
          label={t('reports.trendOf', { name: title })}
          pointName={t('reports.intervalName.day')}
          points={points}
          series={series}
          valueText={valueText}
          top={1}
        />
      ) : null}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={title}>
        <table className={styles['table']}>
          <caption className="rs-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col" className={styles['first']}>
                {t('reports.subjects.agent')}
              </th>
              {(
                ['share', 'excusedShare', 'planned', 'adherent', 'grace', 'excused', 'out'] as const
              ).map((column) => (
                <th key={column} scope="col">
                  {t(`reports.adherence.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {agents.map(({ key, name, parts }) => (
              <tr key={key}>
                <th scope="row" className={styles['first']}>
                  {name}
                </th>
                <td>{share(adherenceShare(parts))}</td>
                <td>{share(excusedShare(parts))}</td>
                {[
                  parts.scheduledMs,
                  parts.adherentMs,
                  parts.graceMs,
                  parts.excusedMs,
                  parts.outMs,
                ].map((ms, index) => (
                  <td key={index}>{durationText(ms)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
