import pg from 'pg';

/** The same row in two spellings would hide a fault: these read the tables themselves, past the backend. */
export type DatabaseObserver = {
  readonly rows: (sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly version: () => Promise<string>;
  readonly stop: () => Promise<void>;
};

export type Row = Readonly<Record<string, unknown>>;

export const observeDatabase = async (databaseUrl: string): Promise<DatabaseObserver> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    rows: async (sql, values = []) => (await client.query<Row>(sql, [...values])).rows,
    version: async () => {
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      return rows[0]?.server_version ?? 'unknown';
    },
    stop: () => client.end(),
  };
};
