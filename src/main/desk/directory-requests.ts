import {
  directoryTokensSchema,
  importLookSchema,
  importResultSchema,
  lookedAtBytes,
  madeTokenSchema,
  maximumImportBytes,
  type ImportResult,
} from '../../shared/api/directory.ts';
import type { ImportColumn } from '../../shared/domain/customer/import-columns.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { directoryRequests as asked } from '../../shared/ipc/directory.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import { reasonOf } from '../log/logger.ts';
import type { ChosenFile } from '../open-file.ts';
import type { DeskSession } from './desk-session.ts';

export type DirectoryPorts = {
  /** Asks the user which; null: none. */
  readonly openFile: (extensions: readonly string[]) => Promise<ChosenFile | null>;
  readonly saveFile: (name: string, text: string) => Promise<string | null>;
};

/** The largest file at a slow database takes minutes. */
const patienceMs = 15 * 60_000;

/** A spreadsheet takes what begins so for a formula (OWASP, CSV injection); an apostrophe makes it text. */
const cell = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
};
const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The own directory: files of customers, and tokens of other systems. */
export const directoryRequests = (
  { request }: Pick<DeskSession, 'request'>,
  { openFile, saveFile }: DirectoryPorts,
): Pick<UiHandlers, keyof typeof asked> => {
  let chosen: ChosenFile | null = null;
  let refusals: ImportResult['refusals'] = [];

  const send = async (
    path: string,
    columns: readonly ImportColumn[],
  ): Promise<Result<ImportResult, Refusal>> => {
    if (chosen === null) return failure({ code: 'not_found', detail: 'no file is chosen' });
    let file: Blob;
    try {
      file = await chosen.read();
    } catch (thrown) {
      return failure({ code: 'not_found', detail: reasonOf(thrown) });
    }
    const query = new URLSearchParams({ columns: JSON.stringify(columns) }).toString();
    const answer = await request({
      ...{ method: 'POST', path: `${path}?${query}`, file },
      ...{ answer: importResultSchema, timeoutMs: patienceMs },
    });
    refusals = answer.ok ? answer.value.refusals : [];
    return answer;
  };

  return {
    'directory.choose': async () => {
      const file = await openFile(['csv', 'txt', 'tsv']);
      if (file === null) return success(null);
      const { name } = file;
      let start: Blob;
      try {
        const whole = await file.read();
        if (whole.size > maximumImportBytes) return success({ name, look: null });
        start = whole.slice(0, lookedAtBytes);
      } catch (thrown) {
        return failure({ code: 'not_found', detail: reasonOf(thrown) });
      }
      const look = await request({
        ...{ method: 'POST', path: '/directory/imports/look', file: start },
        answer: importLookSchema,
      });
      if (!look.ok) return look;
      chosen = file;
      return success({ name, look: look.value });
    },
    'directory.check': ({ columns }) => send('/directory/imports/check', columns),
    'directory.import': ({ columns }) => send('/directory/imports', columns),
    'directory.saveRefusals': async ({ header, reasons }) => {
      const lines = refusals.map(({ line, reason, text }) =>
        csvLine([String(line), reasons[reason], text]),
      );
      try {
        // The mark tells spreadsheets that it is UTF-8.
        const text = `\ufeff${csvLine(header)}${lines.join('')}`;
        return success(await saveFile('ringside-refused-lines.csv', text));
      } catch (thrown) {
        return failure({ code: 'failed', detail: reasonOf(thrown) });
      }
    },
    'directory.tokens': () =>
      request({ method: 'GET', path: '/directory/tokens', answer: directoryTokensSchema }),
    'directory.makeToken': (body) =>
      request({ method: 'POST', path: '/directory/tokens', body, answer: madeTokenSchema }),
    'directory.revokeToken': ({ tokenId }) =>
      request({ method: 'DELETE', path: `/directory/tokens/${tokenId}`, answer: null }),
  };
};
