import { groupBy } from '../../../src/shared/group-by.ts';
import type { Database, Transaction } from '../../../src/backend/database/database.ts';

/** Rows of one table as text, as a transaction wrote them. */
type TableRows = {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
};
type Column = { readonly name: string; readonly type: string };

/** What one transaction left behind, in an order in which it can be inserted. */
export type WrittenBatch = readonly TableRows[];

/** Each before what refers to it; whatever else was written comes behind. */
const parentsFirst = ['contacts', 'contact_agents', 'legs', 'segments', 'events'];

const placeOf = (table: string): number => {
  const place = parentsFirst.indexOf(table);
  return place === -1 ? parentsFirst.length : place;
};

const listTables = async (database: Database): Promise<readonly string[]> =>
  (
    await database.query<{ readonly table: string }>(
      `SELECT relname AS table FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`,
    )
  )
    .map(({ table }) => table)
    .sort((a, b) => placeOf(a) - placeOf(b));

const listColumns = (database: Database, table: string): Promise<readonly Column[]> =>
  database.query<Column>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
       AND attidentity = '' AND attgenerated = '' ORDER BY attnum`,
    [table],
  );

type Row = { readonly batch: string; readonly values: readonly (string | null)[] };

/** Whose transaction a row is counted to that a later one may have changed: the first that wrote something of it. */
const firstWriters: Readonly<Record<string, string>> = {
  contacts: '(SELECT min(a.xmin::text) FROM contact_agents a WHERE a.contact_id = t.id)',
  legs: '(SELECT e.xmin::text FROM events e WHERE e.call_id = t.call_id ORDER BY e.arrival LIMIT 1)',
};

/** All rows, each with the transaction that it is counted to. */
const readRows = (
  database: Database,
  table: string,
  columns: readonly Column[],
): Promise<readonly Row[]> => {
  const values = columns.map(({ name }) => `t."${name}"::text`).join(', ');
  const batch = firstWriters[table] ?? 't.xmin::text';
  return database.query<Row>(
    `SELECT ${batch} AS batch, ARRAY[${values}] AS values FROM ${table} t`,
  );
};

/** Nothing that was written for reports leaves again. */
export const keepEveryRow = async (database: Database): Promise<void> => {
  await database.query(
    `CREATE FUNCTION keep_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  );
  for (const table of ['report_deltas', 'report_marks']) {
    await database.query(
      `CREATE TRIGGER keep_row BEFORE DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION keep_row()`,
    );
  }
};

/** Everything that the batches of a database's events wrote, whichever way: by statements or by triggers. */
export const readWrittenBatches = async (database: Database): Promise<readonly WrittenBatch[]> => {
  const batches = (
    await database.query<{ readonly batch: string }>(
      'SELECT xmin::text AS batch FROM events GROUP BY xmin ORDER BY min(arrival)',
    )
  ).map(({ batch }) => batch);
  const written = new Map<string, TableRows[]>(batches.map((batch) => [batch, []]));
  for (const table of await listTables(database)) {
    const columns = await listColumns(database, table);
    const rows = groupBy(await readRows(database, table, columns), (row) => row.batch);
    for (const [batch, own] of rows) {
      written.get(batch)?.push({ table, columns, rows: own.map(({ values }) => values) });
    }
  }
  return [...written.values()];
};

const insertRows = async (
  transaction: Transaction,
  { table, columns, rows }: TableRows,
): Promise<void> => {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const arrays = columns.map((_column, index) => `$${String(index + 1)}::text[]`).join(', ');
  const cast = columns.map(({ name, type }) => `r."${name}"::${type}`).join(', ');
  await transaction.query(
    `INSERT INTO ${table} (${names}) SELECT ${cast} FROM unnest(${arrays}) AS r (${names})
     ON CONFLICT DO NOTHING`,
    columns.map((_column, index) => rows.map((row) => row[index] ?? null)),
  );
};

/** No trigger of ours fires here any more; what refers to what is still checked. */
export const withoutTriggers = async (database: Database): Promise<void> => {
  for (const table of await listTables(database)) {
    await database.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  }
};

/** The same rows, in the same batches, by nothing but inserts. */
export const insertPlainly = async (database: Database, batch: WrittenBatch): Promise<void> => {
  await database.transaction(async (transaction) => {
    for (const rows of batch) await insertRows(transaction, rows);
  });
};
