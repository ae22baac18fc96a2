import type { Report } from '../../../shared/api/reports.ts';
import { figureNames } from '../../../shared/domain/reporting/figures.ts';

/** A spreadsheet runs a field that begins so as a formula; an apostrophe in front makes it a text. */
const formulaStart = /^[=+\-@\t\r]/u;

/** RFC 4180 §2: quoted where it must be, quotes doubled. */
const textField = (text: string): string => {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const numberField = (value: number | null): string => (value === null ? '' : String(value));

/** RFC 4180: a line of names, then one for each line of the report; a figure that is not there is empty. */
export const csvOf = ({ lines, definitions }: Report): string => {
  const figures = figureNames.filter((name) => name in definitions);
  const causes = [...new Set(lines.flatMap((line) => Object.keys(line.missedByCause)))].sort();
  const header = [
    ...['from', 'to', 'local', 'key', 'name', ...figures],
    ...causes.map((cause) => `missed_${cause}`),
  ];
  const rows = lines.map((line) => [
    numberField(line.from),
    numberField(line.to),
    ...[line.local, line.key, line.name].map(textField),
    ...figures.map((name) => numberField(line.figures[name])),
    ...causes.map((cause) => numberField(line.missedByCause[cause] ?? 0)),
  ]);
  return [header.map(textField), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
};
