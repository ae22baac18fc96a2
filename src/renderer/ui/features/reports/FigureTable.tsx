import { Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drillDownOf } from '../../../../shared/domain/reporting/drill-down.ts';
import {
  answersBehind,
  type Figures,
  type FigureName,
  type ReportView,
} from '../../../../shared/domain/reporting/figures.ts';
import type { ReportTarget } from '../../../../shared/api/report-sheet.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { figureHow, figureName, figureText } from './report-words.ts';
import styles from './Reports.module.css';
import { AnswersBehind } from './AnswersBehind.tsx';
import { reaches } from './shown-figures.ts';

export type FigureRow = {
  readonly id: string;
  readonly name: string;
  readonly now: Figures | null;
  readonly before: Figures | null;
  readonly target: ReportTarget;
};

type Order = { readonly figure: FigureName; readonly falling: boolean };

const ordered = (rows: readonly FigureRow[], order: Order | null): readonly FigureRow[] => {
  if (order === null) return rows;
  const { figure, falling } = order;
  const value = ({ now }: FigureRow): number => now?.[figure] ?? -Infinity;
  return rows.toSorted((a, b) => (falling ? value(b) - value(a) : value(a) - value(b)));
};

/** Lines of figures: each head says what it means and sorts, each figure leads to its contacts. */
export const FigureTable = ({
  caption,
  headName,
  rows,
  figures,
  view,
  onRow,
  onFigure,
}: {
  readonly caption: string;
  /** What the lines are. */
  readonly headName: string;
  readonly rows: readonly FigureRow[];
  readonly figures: readonly FigureName[];
  readonly view: ReportView;
  /** The line alone; absent: there is nothing more to tell of it. */
  readonly onRow?: (row: FigureRow) => void;
  readonly onFigure: (row: FigureRow, figure: FigureName) => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const [order, setOrder] = useState<Order | null>(null);
  const none = t('common.none');
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={caption}>
      <table className={styles['table']}>
        <caption className="rs-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles['first']}>
              {headName}
            </th>
            {figures.map((figure) => (
              <th
                key={figure}
                scope="col"
                aria-sort={
                  order?.figure === figure ? (order.falling ? 'descending' : 'ascending') : 'none'
                }
              >
                <Tooltip
                  label={figureHow(figure, view, t)}
                  multiline
                  w={300}
                  events={{ hover: true, focus: true, touch: false }}
                >
                  <button
                    type="button"
                    className={styles['sort']}
                    onClick={() => {
                      setOrder(
                        order?.figure === figure
                          ? order.falling
                            ? { figure, falling: false }
                            : null
                          : { figure, falling: true },
                      );
                    }}
                  >
                    {figureName(figure, t)}
                    <span aria-hidden="true" className={styles['arrow']}>
                      {order?.figure === figure ? (order.falling ? '↓' : '↑') : ''}
                    </span>
                  </button>
                </Tooltip>
                {/* Buttons are not painted in the heads that a table has on further sheets. */}
                <span className={styles['onPaper']}>{figureName(figure, t)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered(rows, order).map((row) => (
            <tr key={row.id}>
              <th scope="row" className={styles['first']}>
                {onRow === undefined ? (
                  row.name
                ) : (
                  <button
                    type="button"
                    className={styles['line']}
                    onClick={() => {
                      onRow(row);
                    }}
                  >
                    {row.name}
                  </button>
                )}
              </th>
              {figures.map((figure) => {
                const value = row.now?.[figure] ?? null;
                const before = row.before?.[figure] ?? null;
                const text = figureText(figure, value, locale, none);
                const isReached = reaches(figure, value, row.target);
                const answers =
                  row.now === null || value === null ? null : answersBehind(figure, row.now);
                const leads = value !== null && value !== 0 && drillDownOf(figure, view) !== null;
                return (
                  <td
                    key={figure}
                    data-tone={isReached === false ? 'wrap-up' : undefined}
                    data-few={answers?.few === true ? '' : undefined}
                    title={
                      before === null
                        ? undefined
                        : t('reports.beforeValue', {
                            value: figureText(figure, before, locale, none),
                          })
                    }
                  >
                    {leads ? (
                      <button
                        type="button"
                        className={styles['figure']}
                        aria-label={t('reports.contactsOf', {
                          name: figureName(figure, t),
                          line: row.name,
                          value: text,
                        })}
                        onClick={() => {
                          onFigure(row, figure);
                        }}
                      >
                        {text}
                      </button>
                    ) : (
                      text
                    )}
                    {answers === null ? null : <AnswersBehind {...answers} />}
                    {isReached === false ? (
                      <span className="rs-hidden">{t('reports.belowTarget')}</span>
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
