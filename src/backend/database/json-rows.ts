/** What text of PostgreSQL cannot hold: NUL, and half of a surrogate pair. */
const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string'
    ? value.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')
    : value;

/** Rows as one value of a statement that reads them with `json_to_recordset`. */
export const jsonRows = (rows: readonly object[]): string => JSON.stringify(rows, storable);
