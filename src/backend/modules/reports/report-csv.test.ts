import { expect, test } from 'vitest';
import type { Report } from '../../../shared/api/reports.ts';
import { definitionsOf } from '../../../shared/domain/reporting/definitions.ts';
import { figureNames, figuresOf } from '../../../shared/domain/reporting/figures.ts';
import { noSums } from '../../../shared/domain/reporting/sums.ts';
import { csvOf } from './report-csv.ts';

const scope = { subject: 'code', someAgents: false } as const;

const reportOf = (names: readonly string[]): Report => ({
  view: 'ringside',
  by: 'code',
  interval: 'day',
  zone: 'UTC',
  from: 0,
  to: 86_400_000,
  readAt: 0,
  definitions: definitionsOf('ringside', scope),
  lines: names.map((name) => ({
    from: 0,
    to: 86_400_000,
    local: '1970-01-01T00:00:00+00:00',
    key: 'resolved',
    name,
    figures: figuresOf({
      sums: { ...noSums, handled: 2, talkMs: 3_000 },
      longestWaitMs: null,
      view: 'ringside',
      scope,
    }),
    missedByCause: {},
  })),
});

test('the first line names the figures, the others hold them, and what is not there is empty', () => {
  const [header = '', line = '', end] = csvOf(reportOf(['Resolved'])).split('\r\n');
  const value = Object.fromEntries(
    header.split(',').map((name, index) => [name, line.split(',')[index]]),
  );
  expect(value).toMatchObject({ name: 'Resolved', handled: '2', ahtMs: '1500', fcr: '' });
  expect(value).not.toHaveProperty('offered');
  expect(header.split(',').length).toBeLessThan(figureNames.length + 5);
  expect(end).toBe('');
});

test.each([
  ['a "good" one, at last', '"a ""good"" one, at last"'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
])('%j is written as a text that no spreadsheet runs or takes apart', (name, written) => {
  expect(csvOf(reportOf([name]))).toContain(`,resolved,${written},`);
});
