import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, Problem } from './problem.ts';

/** The database that a command works on: of a running product by its data folder, else `DATABASE_URL`. */
export const databaseUrl = (dataDir: string | undefined): string => {
  if (dataDir === undefined) {
    const given = process.env['DATABASE_URL'];
    if (given) return given;
    throw new Problem('Say which database: DATABASE_URL, or --data DIR of a running product.');
  }
  try {
    const path = join(dataDir, 'services.json');
    const services = JSON.parse(readFileSync(path, 'utf8')) as { readonly databaseUrl: string };
    return services.databaseUrl;
  } catch (error) {
    throw new Problem(`No product runs with the data folder ${dataDir}.`, messageOf(error));
  }
};
