import type { ReportSheet } from '../../../shared/api/report-sheet.ts';
import { figureUnits, type Figures } from '../../../shared/domain/reporting/figures.ts';
import { summaryWords, type SummaryFigure, type SummaryLanguage } from './summary-words.ts';

/** A summary as people get it: for the eye, and for readers without HTML. */
export type SummaryText = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

type Given = {
  readonly every: 'day' | 'week';
  readonly language: SummaryLanguage;
  readonly queues: ReportSheet;
  readonly agents: ReportSheet;
};

const queueFigures: readonly SummaryFigure[] = [
  'offered',
  'answered',
  'abandonRate',
  'serviceLevel',
  'asaMs',
  'handled',
  'ahtMs',
  'fcr',
];
const agentFigures: readonly SummaryFigure[] = [
  'handled',
  'ahtMs',
  'occupancy',
  'missedCounted',
  'fcr',
];

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const durationText = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0
    ? `${String(hours)}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}`
    : `${String(minutes)}:${twoDigits(seconds % 60)}`;
};

const valueText = (figure: SummaryFigure, value: number | null, language: string): string => {
  if (value === null) return '–';
  switch (figureUnits[figure]) {
    case 'count':
      return new Intl.NumberFormat(language).format(value);
    case 'milliseconds':
      return durationText(value);
    case 'share':
      return new Intl.NumberFormat(language, {
        style: 'percent',
        maximumFractionDigits: 1,
      }).format(value);
  }
};

type Line = {
  readonly name: string;
  readonly now: Figures | null;
  readonly before: Figures | null;
  readonly target: number | null;
};

type Table = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** What happened in a day or a week, a table for the queues and one for the agents. */
export const summaryText = ({ every, language, queues, agents }: Given): SummaryText => {
  const words = summaryWords[language];
  const cell = (figure: SummaryFigure, { now, before, target }: Line): string => {
    const value = now?.[figure] ?? null;
    const shown = valueText(figure, value, language);
    const earlier = before?.[figure] ?? null;
    const parts = [
      shown,
      ...(earlier === null ? [] : [`(${valueText(figure, earlier, language)})`]),
      ...(figure === 'serviceLevel' && target !== null && value !== null && value < target
        ? [`< ${words.target} ${valueText(figure, target, language)}`]
        : []),
    ];
    return parts.join(' ');
  };
  const tableOf = (
    title: string,
    head: string,
    sheet: ReportSheet,
    figures: readonly SummaryFigure[],
  ): Table => {
    const lines: readonly Line[] = [
      ...sheet.rows.map(({ key, name, now, before, target }) => ({
        ...{ name: key === '' ? words.noQueue : name || key, now, before },
        target: target.serviceLevel,
      })),
      ...(sheet.rows.length < 2
        ? []
        : [{ name: words.all, ...sheet.total, target: sheet.target.serviceLevel }]),
    ];
    return {
      title,
      head: [head, ...figures.map((figure) => words.figures[figure])],
      rows: lines.map((line) => [line.name, ...figures.map((figure) => cell(figure, line))]),
    };
  };
  const tables = [
    tableOf(words.queues, words.queue, queues, queueFigures),
    tableOf(words.agents, words.agent, agents, agentFigures),
  ].filter(({ rows }) => rows.length > 0);
  const dates = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeZone: queues.zone,
  }).formatRange(queues.from, queues.to - 1);
  const subject = `${words.title[every]}: ${dates}`;
  const text = [
    subject,
    ...(tables.length === 0 ? [words.nothing] : []),
    ...tables.map(({ title, head, rows }) =>
      [
        title,
        ...rows.map(([name = '', ...cells]) =>
          [name, ...cells.map((shown, index) => `  ${head[index + 1] ?? ''}: ${shown}`)].join('\n'),
        ),
      ].join('\n\n'),
    ),
    words.how,
  ].join('\n\n');
  const style = 'padding:6px 10px;border-bottom:1px solid #e6e6eb;text-align:right';
  const rowOf = (tag: 'th' | 'td', cells: readonly string[]): string =>
    `<tr>${cells
      .map((shown, index) =>
        index === 0
          ? `<th scope="${tag === 'th' ? 'col' : 'row'}" style="${style};text-align:left">${escaped(shown)}</th>`
          : `<${tag}${tag === 'th' ? ' scope="col"' : ''} style="${style}">${escaped(shown)}</${tag}>`,
      )
      .join('')}</tr>`;
  const html = [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font:14px/1.5 system-ui,sans-serif;color:#1b1b22">',
    `<h1 style="font-size:20px">${escaped(subject)}</h1>`,
    ...(tables.length === 0 ? [`<p>${escaped(words.nothing)}</p>`] : []),
    ...tables.map(
      ({ title, head, rows }) =>
        `<h2 style="font-size:16px">${escaped(title)}</h2><table style="border-collapse:collapse"><thead>${rowOf('th', head)}</thead><tbody>${rows.map((cells) => rowOf('td', cells)).join('')}</tbody></table>`,
    ),
    `<p style="color:#5c5c68">${escaped(words.how)}</p></body></html>`,
  ].join('\n');
  return { subject, text: `${text}\n`, html: `${html}\n` };
};
