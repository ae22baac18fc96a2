import type { WebSocket as Socket } from 'ws';
import { boardPushSchema } from '../../shared/api/board.ts';
import { apiPrefix } from '../../shared/api/routes.ts';
import type { FloorEvent } from '../../shared/ipc/floor.ts';
import { createLogger } from '../log/logger.ts';
import { createSchemaCheck } from '../schema-check.ts';
import { openPushClient } from './push-client.ts';

const log = createLogger('floor');
const isBoardPush = createSchemaCheck(boardPushSchema);

type FloorLinePorts = {
  readonly backendUrl: string;
  readonly token: string;
  readonly random: () => number;
  /** Epoch ms. */
  readonly now: () => number;
  readonly openSocket: (url: string, headers: Readonly<Record<string, string>>) => Socket;
  readonly publish: (event: FloorEvent) => void;
};

export type FloorLine = { readonly close: () => void };

/** The line to the board. It is opened when a page shows the floor, and keeps itself open until then. */
export const openFloorLine = (ports: FloorLinePorts): FloorLine => {
  let closed = false;
  let isAway = false;
  const away = (): void => {
    if (closed || isAway) return;
    isAway = true;
    ports.publish({ kind: 'away', since: ports.now() });
  };
  const client = openPushClient({
    url: `${ports.backendUrl.replace(/^http/u, 'ws').replace(/\/+$/u, '')}${apiPrefix}/board`,
    token: ports.token,
    random: ports.random,
    open: ports.openSocket,
    onOpen: () => log.info('The line to the board is open'),
    onMessage: (message) => {
      if (closed) return;
      if (!isBoardPush(message)) {
        log.warn('What the board said is of unknown shape');
        return;
      }
      isAway = false;
      ports.publish(message);
    },
    onDown: away,
    // The session's own line hears of its end by itself.
    onUnauthorized: away,
  });
  return {
    close: () => {
      closed = true;
      client.close();
    },
  };
};
