import { SegmentedControl } from '@mantine/core';
import IconFileTypePdf from '@tabler/icons-react/dist/esm/icons/IconFileTypePdf.mjs';
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs';
import IconTable from '@tabler/icons-react/dist/esm/icons/IconTable.mjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportSections } from '../../../../shared/api/report-sheet.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { BackButton } from '../../components/BackButton.tsx';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { choose, readSheet, useReports } from '../../state/reports-store.ts';
import { showDesk } from '../../state/view-store.ts';
import { AdherenceSection } from './AdherenceSection.tsx';
import { DrillDown } from './DrillDown.tsx';
import { FiguresSection } from './FiguresSection.tsx';
import { MissedSection } from './MissedSection.tsx';
import { NotHere } from './NotHere.tsx';
import './mantine-reports.css';
import './print.css';
import { printReport, saveCsv } from './report-output.ts';
import { rangeText } from './report-words.ts';
import { ReportFilters } from './ReportFilters.tsx';
import { reportFieldId } from './reports-field.ts';
import styles from './Reports.module.css';
import { SavedViews, ViewNameForm } from './SavedViews.tsx';
import { SoundSection } from './SoundSection.tsx';
import { SummariesSection } from './SummariesSection.tsx';
import { SupervisionSection } from './SupervisionSection.tsx';

/** What happened, for those who answer for it: figures beside target and last week, and what they are made of. */
export const ReportsPage = () => {
  const { t } = useTranslation();
  const choice = useReports((kept) => kept.choice);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const [naming, setNaming] = useState(false);
  const { section: _section, figure: _figure, ...asked } = choice;
  const question = JSON.stringify(asked);
  useEffect(() => {
    if (useReports.getState().drill === null) document.getElementById(reportFieldId)?.focus();
  }, []);
  useEffect(() => {
    void readSheet();
  }, [question, connected]);
  return (
    <main className={styles['page']} aria-label={t('reports.title')} data-print>
      <div className={styles['body']}>
        <div className={styles['onScreen']}>
          <BackButton onClick={showDesk}>{t('contact.back')}</BackButton>
        </div>
        <header className={styles['head']}>
          <h1 className={styles['title']}>{t('reports.title')}</h1>
          <div className={`${styles['tools'] ?? ''} ${styles['onScreen'] ?? ''}`}>
            <SavedViews naming={naming} onNaming={setNaming} />
            <ActionButton
              label={t('reports.csv')}
              size="compact-sm"
              icon={<IconTable size={16} />}
              onClick={() => void saveCsv()}
            />
            <ActionButton
              label={t('reports.pdf')}
              size="compact-sm"
              icon={<IconFileTypePdf size={16} />}
              onClick={() => void printReport('pdf')}
            />
            <ActionButton
              label={t('reports.print')}
              size="compact-sm"
              icon={<IconPrinter size={16} />}
              onClick={() => void printReport('printer')}
            />
          </div>
        </header>
        {naming ? (
          <ViewNameForm
            onDone={() => {
              setNaming(false);
            }}
          />
        ) : null}
        <div className={styles['onScreen']}>
          <SegmentedControl
            size="sm"
            className={styles['sections'] ?? ''}
            aria-label={t('reports.section')}
            value={choice.section}
            data={reportSections.map((value) => ({ value, label: t(`reports.sections.${value}`) }))}
            onChange={(value) => {
              choose({ section: value });
            }}
          />
          {choice.section === 'summaries' ? null : <ReportFilters id={reportFieldId} />}
        </div>
        <Body />
      </div>
    </main>
  );
};

const Body = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { choice, sheet, state, readAt, drill } = useReports();
  if (choice.section === 'summaries') return <SummariesSection />;
  if (sheet === null || state === 'refused') {
    return (
      <NotHere state={state === 'here' ? 'loading' : state} onRetry={() => void readSheet()} />
    );
  }
  const { from, to, zone, before } = sheet;
  return (
    <>
      <p className={styles['about']} role="status">
        {state === 'away' ? (
          <span data-tone="wrap-up" className={styles['stale']}>
            {t('reports.stale', { time: timeText(readAt, locale) })}
          </span>
        ) : (
          t('reports.aboutRange', {
            range: rangeText(from, to, zone, locale),
            before: rangeText(before.from, Math.max(before.to, before.from + 1), zone, locale),
            ...{ zone, time: timeText(sheet.readAt, locale, zone) },
          })
        )}
      </p>
      {drill !== null ? (
        <DrillDown drill={drill} />
      ) : choice.section === 'missed' ? (
        <MissedSection sheet={sheet} />
      ) : choice.section === 'adherence' ? (
        <AdherenceSection from={from} to={to} />
      ) : choice.section === 'supervision' ? (
        <SupervisionSection from={from} to={to} />
      ) : choice.section === 'sound' ? (
        <SoundSection from={from} to={to} />
      ) : (
        <FiguresSection sheet={sheet} figure={choice.figure} />
      )}
    </>
  );
};
