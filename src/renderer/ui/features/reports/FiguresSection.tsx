import { Button, Switch } from '@mantine/core';
import IconChartBar from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportSheet } from '../../../../shared/api/report-sheet.ts';
import type { FigureName } from '../../../../shared/domain/reporting/figures.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useLocale } from '../../i18n/use-locale.ts';
import { choose, chooseAll, openDrill } from '../../state/reports-store.ts';
import { Definitions } from './Definitions.tsx';
import { FigureTable, type FigureRow } from './FigureTable.tsx';
import { FigureTiles } from './FigureTiles.tsx';
import { figureName, intervalText } from './report-words.ts';
import styles from './Reports.module.css';
import { allFigures, mainFigures } from './shown-figures.ts';
import { TrendChart } from './TrendChart.tsx';
import { useRowName } from './use-row-name.ts';

const noTarget = { serviceLevel: null, ahtMs: null };

/** Figures of the whole, one of them over time, and the lines that they are made of. */
export const FiguresSection = ({
  sheet,
  figure,
}: {
  readonly sheet: ReportSheet;
  readonly figure: FigureName;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const rowName = useRowName();
  const [isWide, setWide] = useState(false);
  const { by, view, key, rows, trend, from, to } = sheet;
  const figures = isWide ? allFigures(by) : mainFigures[by];
  const chosen = rows.find((row) => row.key === key);
  const chosenName = key === null ? '' : rowName(by, key, chosen?.name ?? '');
  const lines: readonly FigureRow[] = rows.map((row) => ({
    ...row,
    id: row.key,
    name: rowName(by, row.key, row.name),
  }));
  const days = Math.round((to - from) / 86_400_000);
  const intervals: readonly FigureRow[] = trend
    .filter(({ now }) => now !== null)
    .map(({ now, before, ...part }) => ({
      id: String(part.from),
      name: intervalText({ ...sheet, from: part.from }, days, locale),
      ...{ now, before, target: by === 'total' || key !== null ? sheet.target : noTarget },
    }));
  const ends = new Map(trend.map((part) => [String(part.from), part.to]));
  const isEmpty = sheet.total.now === null && rows.length === 0;
  return (
    <>
      {key === null ? null : (
        <div className={styles['chosen']}>
          <h2>{chosenName}</h2>
          <Button
            variant="light"
            color="not-ready"
            size="compact-sm"
            leftSection={<IconX size={14} />}
            onClick={chooseAll}
          >
            {t(`reports.backToAll.${by}`)}
          </Button>
        </div>
      )}
      {isEmpty ? (
        <EmptyState
          icon={<IconChartBar size={32} stroke={1.5} />}
          title={t('reports.none')}
          text={t('reports.noneText')}
        />
      ) : (
        <>
          <FigureTiles sheet={sheet} figure={figure} />
          <section className={styles['part']} aria-label={figureName(figure, t)}>
            <h2 className={styles['heading']}>{figureName(figure, t)}</h2>
            <TrendChart sheet={sheet} figure={figure} />
          </section>
          <div className={styles['partHead']}>
            <h2 className={styles['heading']}>
              {by === 'total' || key !== null
                ? t(`reports.perInterval.${sheet.interval}`)
                : t(`reports.perLine.${by}`)}
            </h2>
            <Switch
              size="sm"
              className={styles['onScreen']}
              label={t('reports.allFigures')}
              checked={isWide}
              onChange={(event) => {
                setWide(event.currentTarget.checked);
              }}
            />
          </div>
          {by === 'total' || key !== null ? null : (
            <FigureTable
              caption={t(`reports.perLine.${by}`)}
              headName={t(`reports.subjects.${by}`)}
              rows={lines}
              figures={figures}
              view={view}
              onRow={(row) => {
                choose({ key: row.id });
              }}
              onFigure={(row, name) => {
                openDrill({ figure: name, key: row.id, name: row.name, from, to });
              }}
            />
          )}
          {by === 'total' || key !== null ? null : (
            <h2 className={styles['heading']}>{t(`reports.perInterval.${sheet.interval}`)}</h2>
          )}
          <FigureTable
            caption={t(`reports.perInterval.${sheet.interval}`)}
            headName={t(`reports.intervalName.${sheet.interval}`)}
            rows={intervals}
            figures={figures}
            view={view}
            onFigure={(row, name) => {
              openDrill({
                figure: name,
                ...(key === null ? {} : { key }),
                name: [chosenName, row.name].filter(Boolean).join(', '),
                from: Number(row.id),
                to: ends.get(row.id) ?? to,
              });
            }}
          />
          <Definitions figures={figures} view={view} />
        </>
      )}
    </>
  );
};
