import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:net';
import type { AmiAddress } from '../ami/ami-address.ts';
import { createAmiClient } from '../ami/ami-client.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import { RECORDING_VARIABLE, STATUS_HEADERS, snapshotChannels } from './pbx-snapshot.ts';

/**
 * A dead backend records nothing. The guard is a process beside it that waits for the end of its standard input, which
 * no death of the backend can keep open, and then stops at the PBX what that backend had begun.
 */

/** So long a PBX that cannot be reached is tried. */
const patienceMs = 10 * 60_000;
const retryMs = 500;

type Door = 'open' | 'shut' | 'unknown';

/** A PBX that is gone listens to nobody, and its recordings went with it. */
const knock = ({ host, port }: AmiAddress): Promise<Door> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const say = (door: Door): void => {
      socket.destroy();
      resolve(door);
    };
    socket.on('connect', () => say('open'));
    socket.on('timeout', () => say('unknown'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      say(error.code === 'ECONNREFUSED' ? 'shut' : 'unknown'),
    );
  });

/** False: the PBX did not say, or would not. */
const stopAll = async (ami: AmiClient, owner: string): Promise<boolean> => {
  const status = await ami.list('Status', STATUS_HEADERS);
  if (!status.ok) return false;
  const own = snapshotChannels(status.value).filter(
    (channel) =>
      channel.recordingOwner === owner && channel.recordingId !== '' && channel.mixMonitorId !== '',
  );
  const answers = await Promise.all(
    own.map(async ({ name, mixMonitorId }) => {
      const stopped = await ami.send('StopMixMonitor', [
        ['Channel', name],
        ['MixMonitorID', mixMonitorId],
      ]);
      // Refused: it ended by itself meanwhile, or was stopped before.
      if (!stopped.ok && stopped.why.code !== 'refused') return false;
      // Or the next backend would take it for one that runs.
      const cleared = await ami.send('Setvar', [
        ['Channel', name],
        ['Variable', RECORDING_VARIABLE],
        ['Value', ''],
      ]);
      return cleared.ok || cleared.why.code === 'refused';
    }),
  );
  return answers.every(Boolean);
};

const stopOnce = (address: AmiAddress, owner: string): Promise<boolean> =>
  new Promise((resolve) => {
    const client = createAmiClient(address, {
      opened: () => {
        void stopAll(client, owner).then((isDone) => {
          client.stop();
          resolve(isDone);
        });
      },
      event: () => undefined,
      lost: () => {
        client.stop();
        resolve(false);
      },
    });
    client.start();
  });

/** Stops at the PBX what this owner began to record. */
export const stopRecordingsOf = async (address: AmiAddress, owner: string): Promise<void> => {
  const giveUpAt = performance.now() + patienceMs;
  while (performance.now() < giveUpAt) {
    const door = await knock(address);
    if (door === 'shut' || (door === 'open' && (await stopOnce(address, owner)))) return;
    await wait(retryMs);
  }
};
