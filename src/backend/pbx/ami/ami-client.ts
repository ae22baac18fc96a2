import { backOffMs } from '../../../shared/back-off.ts';
import { failure } from '../../../shared/result.ts';
import type { AmiAddress } from './ami-address.ts';
import { AMI_TIMINGS, openAmiConnection } from './ami-connection.ts';
import type { AmiAnswer, AmiConnection, AmiListAnswer, AmiTimings } from './ami-connection.ts';
import type { AmiFields } from './ami-encoder.ts';
import type { AmiMessage } from './ami-message.ts';

/** Never at once: a PBX that refuses the login must not be hammered. */
const RETRY_LIMITS = { shortestMs: 50, firstMs: 250, longestMs: 5_000 };

export type AmiClientEvents = {
  readonly opened: () => void;
  readonly event: (message: AmiMessage) => void;
  /** After an `opened`, or (first attempt only) when the PBX could not be reached. */
  readonly lost: (why: string) => void;
};

export type AmiClient = {
  readonly start: () => void;
  readonly stop: () => void;
  /** Gives this connection up and makes another. */
  readonly reconnect: (why: string) => void;
  readonly send: (action: string, headers?: AmiFields) => Promise<AmiAnswer>;
  readonly list: (action: string, headers?: AmiFields) => Promise<AmiListAnswer>;
};

/** A connection that comes back by itself until it is stopped. */
export const createAmiClient = (
  address: AmiAddress,
  events: AmiClientEvents,
  timings: AmiTimings = AMI_TIMINGS,
): AmiClient => {
  let connection: AmiConnection | null = null;
  let isOpen = false;
  let isRunning = false;
  let attempt = 0;
  let timer: NodeJS.Timeout | undefined;

  const open = (): void => {
    const isFirst = attempt === 0;
    connection = openAmiConnection(
      address,
      {
        opened: () => {
          isOpen = true;
          attempt = 0;
          events.opened();
        },
        event: events.event,
        closed: (why) => {
          const wasOpen = isOpen;
          isOpen = false;
          connection = null;
          if (isRunning) {
            timer = setTimeout(open, backOffMs(attempt, RETRY_LIMITS, Math.random()));
            attempt += 1;
          }
          if (wasOpen || isFirst) events.lost(why);
        },
      },
      timings,
    );
  };

  const away = () => failure({ code: 'away', message: 'not connected to the PBX' } as const);

  return {
    start: () => {
      if (isRunning) return;
      isRunning = true;
      open();
    },
    stop: () => {
      isRunning = false;
      clearTimeout(timer);
      connection?.close('stopped');
    },
    reconnect: (why) => connection?.close(why),
    send: async (action, headers = []) =>
      connection === null || !isOpen ? away() : connection.send(action, headers),
    list: async (action, headers = []) =>
      connection === null || !isOpen ? away() : connection.list(action, headers),
  };
};
