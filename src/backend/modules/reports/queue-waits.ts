import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { PbxEvent } from '../../pbx/pbx.ts';
import type { Extensions } from '../accounts/extensions.ts';
import {
  beginWait,
  closeVanishedWaits,
  correctAnswer,
  endWait,
  type WaitEnd,
} from './queue-wait-repository.ts';

/** Keeps who waited how long in which queue, whatever became of it; no contact and no offer is needed for that. */
export type QueueWaits = {
  readonly take: (event: PbxEvent) => void;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly extensions: Extensions;
  readonly log: Log;
  /** A wait began or ended, and is kept. */
  readonly onWait: () => void;
};

/** Calls of which somebody answered a leg: the one who did ended the wait. */
const maximumRemembered = 5_000;

export const createQueueWaits = ({ database, extensions, log, onWait }: Needs): QueueWaits => {
  /** Who answered the call last. */
  const answeredBy = new Map<string, string>();
  /** Calls that the PBX has told to be waiting since it was seen last. */
  const waiting = new Set<string>();
  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a wait in a queue could not be kept');
  });

  const remember = (callKey: string, extension: string): void => {
    answeredBy.delete(callKey);
    answeredBy.set(callKey, extension);
    for (const oldest of answeredBy.keys()) {
      if (answeredBy.size <= maximumRemembered) break;
      answeredBy.delete(oldest);
    }
  };

  const agentOf = async (extension: string | undefined): Promise<string | null> =>
    extension === undefined ? null : ((await extensions.find(extension))?.id ?? null);

  const left = ({ callKey, queue: name, at, how }: WaitEnd): void => {
    waiting.delete(`${name} ${callKey}`);
    const extension = how === 'answered' ? answeredBy.get(callKey) : undefined;
    void queue.add(callKey, async () => {
      await endWait(database, { callKey, queue: name, at, how }, await agentOf(extension));
      onWait();
    });
  };

  return {
    take: (event) => {
      switch (event.kind) {
        case 'queue_entered': {
          const { callKey, queue: name, at } = event;
          waiting.add(`${name} ${callKey}`);
          void queue.add(callKey, async () => {
            await beginWait(database, { callKey, queue: name, at });
            onWait();
          });
          break;
        }
        case 'queue_left':
          left(event);
          break;
        case 'leg_answered': {
          const { callKey, extension } = event;
          remember(callKey, extension);
          // Told after the queue let go of it: who answered is known now.
          void queue.add(callKey, async () => {
            const agentId = await agentOf(extension);
            if (agentId !== null) await correctAnswer(database, callKey, agentId);
          });
          break;
        }
        case 'call_ended':
          answeredBy.delete(event.callKey);
          break;
        case 'connected': {
          const { at } = event;
          waiting.clear();
          // Who waits still is told right after this, in the same breath.
          setImmediate(() => {
            const stillWaiting = [...waiting];
            void queue.add('', async () => {
              await closeVanishedWaits(database, stillWaiting, at);
              onWait();
            });
          });
          break;
        }
        default:
      }
    },
    idle: queue.idle,
  };
};
