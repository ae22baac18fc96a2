import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from './private-files.ts';
import type { DemoUser } from './demo-users.ts';

type Addresses = {
  readonly dataDir: string;
  readonly backendUrl: string;
  readonly sipUrl: string;
  readonly databaseUrl: string;
  readonly pbx: object;
  readonly users: readonly DemoUser[];
};

const servicesFileIn = (dataDir: string): string => join(dataDir, 'services.json');

/** Addresses of services that no longer run would send tools to nobody. */
export const removeServicesFile = (dataDir: string): void => {
  rmSync(servicesFileIn(dataDir), { force: true });
};

/** Tells tools where everything is. It holds passwords: its owner alone may read it. */
export const writeServicesFile = (services: Addresses): string => {
  const path = servicesFileIn(services.dataDir);
  const { backendUrl, sipUrl, databaseUrl, pbx, users } = services;
  const content = { backendUrl, sipUrl, databaseUrl, pbx, users };
  writePrivateFile(path, `${JSON.stringify(content, null, 2)}\n`);
  return path;
};
