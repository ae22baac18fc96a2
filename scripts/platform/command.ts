import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { createDatabase, type Database } from '../../src/backend/database/database.ts';
import { migrate, migrationsFolder, readMigrations } from '../../src/backend/database/migrate.ts';
import { createLog } from '../../src/backend/log.ts';
import { databaseUrl } from './database-url.ts';
import { messageOf, Problem } from './problem.ts';

/** What the commands share that an administrator works with: `npm run NAME -- word word --option`. */

/** Every such command has these. */
export const commonOptions = {
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** An option that the command does not have is a problem, told with the help. */
export const readCommandLine = <const Options extends NonNullable<ParseArgsConfig['options']>>(
  help: string,
  options: Options,
) => {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new Problem(messageOf(error), '', help);
  }
};

export const notUnderstood = (words: readonly string[], help: string): Problem =>
  new Problem(`"${words.join(' ')}" is not understood.`, '', help);

export const readGivenFile = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem(`${path} cannot be read.`, messageOf(error));
  }
};

/** The database of `--data` or DATABASE_URL, brought up to this program's version first. */
export const withDatabase = async <Value>(
  dataDir: string | undefined,
  work: (database: Database) => Promise<Value>,
): Promise<Value> => {
  const database = createDatabase(databaseUrl(dataDir), createLog('silent'));
  try {
    await migrate(database, await readMigrations(migrationsFolder));
    return await work(database);
  } finally {
    await database.close();
  }
};
