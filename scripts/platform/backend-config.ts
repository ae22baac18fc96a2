import { readConfig, type Config } from '../../src/backend/config.ts';
import { databaseUrl } from './database-url.ts';
import { Problem } from './problem.ts';

/** The backend's settings, for commands that work on its database and its files: of a running product, or by the environment. */
export const backendConfig = (dataDir: string | undefined): Config => {
  const config = readConfig({
    ...process.env,
    DATABASE_URL: databaseUrl(dataDir),
    ...(dataDir === undefined ? {} : { RINGSIDE_DATA: dataDir }),
    // Commands speak to no PBX.
    RINGSIDE_PBX: 'none',
    RINGSIDE_SIP_ACCOUNTS: '',
  });
  if (!config.ok) throw new Problem('The settings are not usable.', ...config.why);
  return config.value;
};
