import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import { keptKey } from '../../keys.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { createKeeping, type Keeping } from './keeping.ts';
import { createLocalKeys, type KeyService } from './key-service.ts';
import { createFolderStore } from './recording-store.ts';
import { createS3Store } from './s3-store.ts';

type KeepingConfig = Pick<
  Config,
  'dataPath' | 'recordingKey' | 'recordingKeysBefore' | 'recordingsPath' | 'recordingStore'
>;

type Needs = {
  readonly database: Database;
  readonly pbx: Pick<Pbx, 'recordingFile'>;
  readonly now: () => number;
  readonly log: Log;
};

/** The keys that wrap the keys of recordings, as the settings say. */
export const keysFor = (config: KeepingConfig): KeyService =>
  createLocalKeys(
    config.recordingKey ?? keptKey(config.dataPath, 'recordings'),
    config.recordingKeysBefore,
  );

/** Keeping as the settings want it. */
export const createKeepingFor = (config: KeepingConfig, needs: Needs): Keeping => {
  const { recordingStore } = config;
  return createKeeping({
    ...needs,
    keys: keysFor(config),
    local: createFolderStore(recordingStore.path),
    remote: recordingStore.kind === 's3' ? createS3Store(recordingStore) : null,
    plainFolder: config.recordingsPath,
  });
};
