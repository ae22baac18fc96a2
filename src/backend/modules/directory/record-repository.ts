import type { DirectoryRecord } from '../../../shared/api/directory.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import { likeLiteral, searchTextOf } from './search-text.ts';

/** Customers as files and other systems write them: the record alone, by external id or number. */

const recordSelect = `SELECT c.id, c.external_id AS "externalId", c.name, c.company, c.email, c.city, c.country,
    c.language, c.tags, c.notes, c.since,
    (SELECT coalesce(array_agg(n.number ORDER BY n.position), '{}')
       FROM customer_numbers n WHERE n.customer_id = c.id) AS numbers
  FROM customers c`;

/** One writer at a time, whichever backend: two that make the same external id would trip over each other. */
export const lockDirectory = async (transaction: Transaction): Promise<void> => {
  await transaction.query(`SELECT pg_advisory_xact_lock(hashtext('ringside_directory'))`);
};

/** By the other system's id, or by our own. */
export type RecordKey = { readonly externalId: string } | { readonly id: string };

export const findRecord = async (
  database: Queryable,
  key: RecordKey,
): Promise<DirectoryRecord | null> => {
  const [record] =
    'id' in key
      ? await database.query<DirectoryRecord>(`${recordSelect} WHERE c.id = $1`, [key.id])
      : await database.query<DirectoryRecord>(
          `${recordSelect} WHERE c.external_id = $1 AND c.external_id <> ''`,
          [key.externalId],
        );
  return record ?? null;
};

/** Those with one of these external ids or numbers. */
export const findRecordsBy = (
  database: Queryable,
  externalIds: readonly string[],
  numbers: readonly string[],
): Promise<readonly DirectoryRecord[]> =>
  database.query<DirectoryRecord>(
    `${recordSelect} WHERE c.id IN (
       SELECT id FROM customers WHERE external_id = ANY($1::text[]) AND external_id <> ''
       UNION SELECT customer_id FROM customer_numbers WHERE number = ANY($2::text[]))
     ORDER BY c.id`,
    [externalIds, numbers],
  );

export type RecordPage = {
  /** As stored; empty: any. */
  readonly number: string;
  /** Plain words; all of them must be found. */
  readonly words: readonly string[];
  /** Records behind this one; null: from the first. */
  readonly after: string | null;
  readonly limit: number;
};

export const listRecords = (
  database: Queryable,
  { number, words, after, limit }: RecordPage,
): Promise<readonly DirectoryRecord[]> =>
  database.query<DirectoryRecord>(
    `${recordSelect}
     WHERE ($1 = '' OR c.id IN (SELECT customer_id FROM customer_numbers WHERE number = $1))
       AND c.search_text LIKE ALL ($2::text[]) AND ($3::uuid IS NULL OR c.id > $3)
     ORDER BY c.id LIMIT $4`,
    [number, words.map((word) => `%${likeLiteral(word)}%`), after, limit],
  );

/** Makes or replaces them, numbers and all; `since` stays what it was. */
export const storeRecords = async (
  transaction: Transaction,
  records: readonly DirectoryRecord[],
): Promise<void> => {
  if (records.length === 0) return;
  const rows = jsonRows(records.map((record) => ({ ...record, searchText: searchTextOf(record) })));
  await transaction.query(
    `INSERT INTO customers (id, external_id, name, company, email, city, country, language, tags, notes, since,
       search_text)
     SELECT id, "externalId", name, company, email, city, country, language, tags, notes, since, "searchText"
     FROM json_to_recordset($1) AS r (id uuid, "externalId" text, name text, company text, email text, city text,
       country text, language text, tags text[], notes text, since bigint, "searchText" text)
     ON CONFLICT (id) DO UPDATE SET external_id = excluded.external_id, name = excluded.name,
       company = excluded.company, email = excluded.email, city = excluded.city, country = excluded.country,
       language = excluded.language, tags = excluded.tags, notes = excluded.notes,
       search_text = excluded.search_text`,
    [rows],
  );
  await transaction.query('DELETE FROM customer_numbers WHERE customer_id = ANY($1::uuid[])', [
    records.map(({ id }) => id),
  ]);
  await transaction.query(
    `INSERT INTO customer_numbers (customer_id, number, position, reversed)
     SELECT r.id, n.number, n.position, reverse(regexp_replace(n.number, '\\D', '', 'g'))
     FROM json_to_recordset($1) AS r (id uuid, numbers text[]),
       unnest(r.numbers) WITH ORDINALITY AS n (number, position)
     ON CONFLICT DO NOTHING`,
    [rows],
  );
};

/** Calls that go on with one of these customers, or may be with one. */
export const findLiveCallKeys = async (
  database: Queryable,
  customerIds: readonly string[],
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly callKey: string }>(
      `SELECT call_key AS "callKey" FROM contacts
       WHERE ended_at IS NULL AND (customer_id = ANY($1::uuid[]) OR candidate_ids && $1::uuid[])`,
      [customerIds],
    )
  ).map(({ callKey }) => callKey);
