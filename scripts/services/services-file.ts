import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from './private-files.ts';
import type { RunningServices } from './start-services.ts';

const servicesFileIn = (dataDir: string): string => join(dataDir, 'services.json');

/** Addresses of services that no longer run would send tools to nobody. */
export const removeServicesFile = (dataDir: string): void => {
  rmSync(servicesFileIn(dataDir), { force: true });
};

/** Tells tools where everything is. It holds passwords: its owner alone may read it. */
export const writeServicesFile = (services: RunningServices): string => {
  const path = servicesFileIn(services.dataDir);
  const content = {
    backendUrl: services.backendUrl,
    sipUrl: services.sipUrl,
    databaseUrl: services.databaseUrl,
    pbx: services.pbx,
    users: services.users,
  };
  writePrivateFile(path, `${JSON.stringify(content, null, 2)}\n`);
  return path;
};
