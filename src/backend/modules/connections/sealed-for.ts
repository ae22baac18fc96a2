import type { Config } from '../../config.ts';
import { keptKey } from '../../keys.ts';
import { createLocalKeys } from '../keeping/key-service.ts';
import { createSealed, type Sealed } from './sealed.ts';

/** Secrets of connections under the keys of the settings, else under one of the data folder. */
export const sealedFor = (config: Pick<Config, 'connectionKeys' | 'dataPath'>): Sealed => {
  const [current = keptKey(config.dataPath, 'connections'), ...before] = config.connectionKeys;
  return createSealed(createLocalKeys(current, before));
};
