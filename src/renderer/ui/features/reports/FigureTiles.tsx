import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReportSheet } from '../../../../shared/api/report-sheet.ts';
import { answersBehind, type FigureName } from '../../../../shared/domain/reporting/figures.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { choose } from '../../state/reports-store.ts';
import { figureHow, figureName, figureText } from './report-words.ts';
import styles from './Reports.module.css';
import { AnswersBehind } from './AnswersBehind.tsx';
import { headFigures, reaches } from './shown-figures.ts';

/** The figures of the whole, each beside the weeks before and its target; a press draws it below. */
export const FigureTiles = ({
  sheet,
  figure,
}: {
  readonly sheet: ReportSheet;
  readonly figure: FigureName;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const none = t('common.none');
  const { now, before } = sheet.total;
  const told = headFigures[sheet.by].filter(
    (name) => (now?.[name] ?? null) !== null || (before?.[name] ?? null) !== null,
  );
  return (
    <ul className={styles['tiles']} aria-label={t('reports.headFigures')}>
      {told.map((name) => {
        const value = now?.[name] ?? null;
        const text = (of: number | null) => figureText(name, of, locale, none);
        const answers = now === null || value === null ? null : answersBehind(name, now);
        const isReached = reaches(name, value, sheet.target);
        const target = name === 'serviceLevel' ? sheet.target.serviceLevel : sheet.target.ahtMs;
        return (
          <li key={name}>
            <Tooltip
              label={figureHow(name, sheet.view, t)}
              multiline
              w={300}
              events={{ hover: true, focus: true, touch: false }}
            >
              <button
                type="button"
                className={styles['tile']}
                aria-pressed={name === figure}
                onClick={() => {
                  choose({ figure: name });
                }}
              >
                <span className={styles['tileName']}>{figureName(name, t)}</span>
                <span
                  className={styles['tileValue']}
                  data-few={answers?.few === true ? '' : undefined}
                >
                  {text(value)}
                  {answers === null ? null : <AnswersBehind {...answers} />}
                </span>
                <span className={styles['tileBefore']}>
                  {t('reports.beforeValue', { value: text(before?.[name] ?? null) })}
                </span>
                <span
                  className={styles['tileTarget']}
                  data-tone={isReached === null ? undefined : isReached ? 'ready' : 'wrap-up'}
                >
                  {isReached === null
                    ? ''
                    : t(isReached ? 'reports.targetReached' : 'reports.targetMissed', {
                        value: text(target),
                      })}
                </span>
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
};
