import { Type } from 'typebox';
import {
  reportContactsSchema,
  reportSheetSchema,
  reportViewSchema,
  reportViewsSchema,
  summariesSchema,
} from '../../shared/api/report-sheet.ts';
import { adherenceReportSchema } from '../../shared/api/shifts.ts';
import { joinsPageSchema } from '../../shared/api/supervision.ts';
import type { reportRequests as asked } from '../../shared/ipc/reports.ts';
import { failure, success } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import { reasonOf } from '../log/logger.ts';
import type { DeskSession } from './desk-session.ts';

export type ReportPorts = {
  /** Asks the user where to, and writes; null: nowhere. */
  readonly saveFile: (name: string, text: string) => Promise<string | null>;
  /** Prints the page, or writes it where the user says; null: nowhere, or to a printer. */
  readonly printPage: (to: 'printer' | 'pdf', name: string) => Promise<string | null>;
  /** Epoch ms. */
  readonly wallNow: () => number;
};

/** Months of a large centre take a while. */
const patienceMs = 30_000;

const queryOf = (values: Readonly<Record<string, string | number | undefined>>): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] satisfies [string, string]],
    ),
  ).toString();

const instantText = (at: number): string => new Date(at).toISOString();

/** What the page of reports asks for. */
export const reportRequests = (
  { request }: Pick<DeskSession, 'request'>,
  { saveFile, printPage, wallNow }: ReportPorts,
): Pick<UiHandlers, keyof typeof asked> => {
  const read = <Answer extends Parameters<typeof request>[0]['answer'] & object>(
    path: string,
    answer: Answer,
  ) => request({ method: 'GET', path, answer, timeoutMs: patienceMs });
  const fileName = (ending: string): string =>
    `ringside-report-${new Date(wallNow()).toISOString().slice(0, 10)}.${ending}`;
  return {
    'reports.sheet': (query) => read(`/reports/sheet?${queryOf(query)}`, reportSheetSchema),
    'reports.contacts': (query) =>
      read(`/reports/contacts?${queryOf(query)}`, reportContactsSchema),
    'reports.adherence': ({ from, to }) => {
      const query = { from: instantText(from), to: instantText(to), by: 'agent', interval: 'day' };
      return read(`/adherence/report?${queryOf(query)}`, adherenceReportSchema);
    },
    'reports.joins': (query) => read(`/supervision?${queryOf(query)}`, joinsPageSchema),
    'reports.views': () => read('/reports/views', reportViewsSchema),
    'reports.saveView': ({ viewId, ...body }) =>
      viewId === undefined
        ? request({ method: 'POST', path: '/reports/views', body, answer: reportViewSchema })
        : request({
            method: 'PUT',
            path: `/reports/views/${viewId}`,
            body,
            answer: reportViewSchema,
          }),
    'reports.removeView': ({ viewId }) =>
      request({ method: 'DELETE', path: `/reports/views/${viewId}`, answer: null }),
    'reports.summaries': () => read('/reports/summaries', summariesSchema),
    'reports.csv': async ({ from, to, ...query }) => {
      const range = { from: instantText(from), to: instantText(to), format: 'csv' };
      const answer = await read(`/reports?${queryOf({ ...query, ...range })}`, Type.String());
      if (!answer.ok) return answer;
      try {
        return success(await saveFile(fileName('csv'), answer.value));
      } catch (thrown) {
        return failure({ code: 'failed', detail: reasonOf(thrown) });
      }
    },
    'reports.print': async ({ to }) => {
      try {
        return success(await printPage(to, fileName('pdf')));
      } catch (thrown) {
        return failure({ code: 'failed', detail: reasonOf(thrown) });
      }
    },
  };
};
