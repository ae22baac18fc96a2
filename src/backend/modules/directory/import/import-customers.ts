import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  lookedAtBytes,
  maximumImportLines,
  maximumListedRefusals,
  type DirectoryRecord,
  type ImportLook,
  type ImportResult,
} from '../../../../shared/api/directory.ts';
import {
  columnProblem,
  guessColumns,
  readImportLine,
  type ImportColumn,
  type ImportLine,
  type LineRefusal,
  type TextReaders,
} from '../../../../shared/domain/customer/import-columns.ts';
import { decideLine, type Seen } from '../../../../shared/domain/customer/import-match.ts';
import { parsePhoneNumber } from '../../../../shared/domain/phone-number/phone-number.ts';
import { success, type Result } from '../../../../shared/result.ts';
import type { Now } from '../../../clock.ts';
import type { Database, Queryable } from '../../../database/database.ts';
import type { MintId } from '../../../identifiers.ts';
import { refused, type Answer } from '../../../problem.ts';
import { appendAudit } from '../../audit/audit-log.ts';
import { findRecordsBy, lockDirectory, storeRecords } from '../record-repository.ts';
import { textReaders } from '../record-text.ts';
import { openCsv, UnreadableFile, type ReadFile, type Row } from './csv-rows.ts';

/** Files of customers. A file is held while it is worked on, and nothing of it is kept but its customers. */
export type Imports = {
  /** What the beginning of a file says about it. */
  readonly look: (start: Buffer) => Promise<Answer<ImportLook>>;
  /** What the file would do; with `actor` it does so. */
  readonly run: (
    file: Buffer,
    columns: readonly ImportColumn[],
    actor: string | null,
  ) => Promise<Answer<ImportResult>>;
};

type Needs = {
  readonly database: Database;
  readonly now: Now;
  readonly mintId: MintId;
  readonly country: string;
  readonly onChanged: (customerIds: readonly string[]) => Promise<void>;
};

/** Lines of one transaction: others are never locked out for longer than these take. */
const batchLines = 250;
/** Reading numbers takes a processor's time; after so many lines others have their turn. */
const turnLines = 25;
const sampleLines = 5;
const digestBytes = 1024 * 1024;
const shownOfCell = 200;

type Read = { readonly line: number; readonly read: Result<ImportLine, LineRefusal> };

/** In parts, so that neither memory nor a transaction grows with the file. */
async function* batchesOf(
  rows: AsyncIterable<Row>,
  columns: readonly ImportColumn[],
  readers: TextReaders,
): AsyncGenerator<readonly Read[]> {
  let batch: Read[] = [];
  let isHeader = true;
  for await (const { cells, line } of rows) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    batch.push({ line, read: readImportLine(cells, columns, readers) });
    if (batch.length % turnLines === 0) await setImmediate();
    if (batch.length === batchLines) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

const keysOf = ({ externalId, numbers }: Pick<ImportLine, 'externalId' | 'numbers'>) => [
  ...(externalId === '' ? [] : [`id ${externalId}`]),
  ...numbers,
];

/** Finds those with a line's external id or one of its numbers. */
const knownByKeys = (
  known: readonly DirectoryRecord[],
): ((line: ImportLine) => readonly DirectoryRecord[]) => {
  const byKey = new Map<string, DirectoryRecord[]>();
  for (const record of known) {
    for (const key of keysOf(record)) {
      const those = byKey.get(key);
      if (those === undefined) byKey.set(key, [record]);
      else those.push(record);
    }
  }
  return (line) => [...new Set(keysOf(line).flatMap((key) => byKey.get(key) ?? []))];
};

const digestOf = async (bytes: Buffer): Promise<string> => {
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += digestBytes) {
    hash.update(bytes.subarray(from, from + digestBytes));
    await setImmediate();
  }
  return hash.digest('hex');
};

type Batch = {
  readonly result: ImportResult;
  readonly records: readonly DirectoryRecord[];
};

const columnProblems = {
  no_name: 'no column holds the name',
  no_key: 'no column holds a number or an external id',
  twice: 'a field that may stand once is in several columns',
} as const;

export const createImports = ({ database, now, mintId, country, onChanged }: Needs): Imports => {
  const readers = textReaders(country);
  let isBusy = false;

  const newRecord = (line: ImportLine): DirectoryRecord => ({
    ...line,
    id: mintId(),
    country:
      line.numbers
        .map((number) => parsePhoneNumber(number, country)?.country ?? '')
        .find((found) => found !== '') ?? '',
    ...{ language: '', tags: [], since: now() },
  });

  const decide = async (
    queryable: Queryable,
    batch: readonly Read[],
    seen: Seen,
  ): Promise<Batch> => {
    const lines = batch.flatMap(({ read }) => (read.ok ? [read.value] : []));
    const known = await findRecordsBy(
      queryable,
      lines.map(({ externalId }) => externalId).filter((id) => id !== ''),
      lines.flatMap(({ numbers }) => numbers),
    );
    const byId = new Map(known.map((record) => [record.id, record]));
    const knownTo = knownByKeys(known);
    const counts = { created: 0, changed: 0, same: 0, refused: 0 };
    const refusals: ImportResult['refusals'][number][] = [];
    const records: DirectoryRecord[] = [];
    for (const { line, read } of batch) {
      const decided = read.ok ? decideLine(read.value, knownTo(read.value), seen) : read;
      if (!decided.ok) {
        counts.refused += 1;
        refusals.push({ line, ...decided.why });
        continue;
      }
      const { value } = decided;
      if (value.kind === 'new') {
        counts.created += 1;
        records.push(newRecord(value.line));
        continue;
      }
      counts[value.kind] += 1;
      const before = byId.get(value.customer.id);
      if (value.kind === 'changed' && before !== undefined) {
        records.push({ ...before, ...value.customer });
      }
    }
    return { result: { lines: batch.length, ...counts, refusals }, records };
  };

  /** Each part takes effect by itself: what a file did before something broke it finds done the next time. */
  const write = async (batch: readonly Read[], seen: Set<string>): Promise<ImportResult> => {
    const { result, records, own } = await database.transaction(async (transaction) => {
      await lockDirectory(transaction);
      // A transaction that begins anew decides anew.
      const tried = new Set<string>();
      const decided = await decide(transaction, batch, {
        has: (key) => tried.has(key) || seen.has(key),
        add: (key) => {
          tried.add(key);
        },
      });
      await storeRecords(transaction, decided.records);
      return { ...decided, own: tried };
    });
    for (const key of own) seen.add(key);
    await onChanged(records.map(({ id }) => id));
    return result;
  };

  const audit = (actor: string, action: string, details: Readonly<Record<string, unknown>>) =>
    database.transaction((transaction) =>
      appendAudit(transaction, { at: now(), actor, action, subject: null, details }),
    );

  const runAll = async (
    { rows }: ReadFile,
    columns: readonly ImportColumn[],
    isDone: boolean,
  ): Promise<ImportResult> => {
    const seen = new Set<string>();
    const total = { lines: 0, created: 0, changed: 0, same: 0, refused: 0 };
    const refusals: ImportResult['refusals'][number][] = [];
    for await (const batch of batchesOf(rows(), columns, readers)) {
      const done = isDone ? await write(batch, seen) : (await decide(database, batch, seen)).result;
      for (const key of ['lines', 'created', 'changed', 'same', 'refused'] as const) {
        total[key] += done[key];
      }
      refusals.push(...done.refusals.slice(0, maximumListedRefusals - refusals.length));
    }
    return { ...total, refusals };
  };

  /** The whole file is read once before anything is written: half a file is nobody's wish. */
  const lineProblem = async ({ rows }: ReadFile): Promise<string | null> => {
    let lines = -1;
    for await (const { cells } of rows()) {
      lines += 1;
      if (lines > maximumImportLines) {
        return `the file has more than ${String(maximumImportLines)} lines`;
      }
      if (lines === 0 && cells.every((cell) => cell.trim() === ''))
        return 'the first line is empty';
    }
    return lines < 1 ? 'the file has no lines below its first' : null;
  };

  const run: Imports['run'] = async (bytes, columns, actor) => {
    const wrong = columnProblem(columns);
    if (wrong !== null) return refused('invalid', columnProblems[wrong]);
    if (isBusy) return refused('conflict', 'another file is being worked on');
    isBusy = true;
    try {
      const file = openCsv(bytes);
      const problem = await lineProblem(file);
      if (problem !== null) return refused('invalid', problem);
      if (actor === null) return success(await runAll(file, columns, false));
      const sha256 = await digestOf(bytes);
      await audit(actor, 'directory_import_begun', { sha256, bytes: bytes.length });
      const result = await runAll(file, columns, true);
      const { refusals: _, ...counts } = result;
      await audit(actor, 'directory_imported', { sha256, ...counts });
      return success(result);
    } catch (error) {
      if (error instanceof UnreadableFile) return refused('invalid', error.message);
      throw error;
    } finally {
      isBusy = false;
    }
  };

  return {
    look: async (start) => {
      const { encoding, delimiter, rows } = openCsv(start.subarray(0, lookedAtBytes));
      const first: (readonly string[])[] = [];
      try {
        for await (const { cells } of rows()) {
          first.push(cells.map((cell) => cell.slice(0, shownOfCell)));
          if (first.length > sampleLines) break;
        }
      } catch (error) {
        // Cut in the middle of a line: what was read before is enough.
        if (!(error instanceof UnreadableFile)) throw error;
        if (first.length === 0) return refused('invalid', error.message);
      }
      const [header = [], ...sample] = first;
      if (header.length === 0) return refused('invalid', 'the file is empty');
      if (header.length > 200) return refused('invalid', 'the file has more than 200 columns');
      return success({
        ...{ encoding, delimiter, header, sample },
        columns: guessColumns(header),
      });
    },
    run,
  };
};
