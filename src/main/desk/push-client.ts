import type { WebSocket as Socket } from 'ws';
import { backOffMs } from '../../shared/back-off.ts';
import { createLogger, reasonOf } from '../log/logger.ts';

const log = createLogger('push');
const pingEveryMs = 5_000;
const silentForMs = 12_000;
const openingMs = 10_000;
const retryLimits = { firstMs: 2_000, longestMs: 20_000 };

export type PushEvents = {
  readonly onOpen: () => void;
  readonly onMessage: (message: unknown) => void;
  /** The socket is gone, or never came; another try follows by itself. */
  readonly onDown: (why: string) => void;
  /** The backend does not know the token any more; no other try follows. */
  readonly onUnauthorized: () => void;
};

export type PushPorts = PushEvents & {
  /** `ws://` or `wss://`. */
  readonly url: string;
  readonly token: string;
  readonly random: () => number;
  readonly open: (url: string, headers: Readonly<Record<string, string>>) => Socket;
};

/** Keeps one WebSocket to the backend open: heartbeat, jittered reconnect. */
export type PushClient = {
  /** Trust the socket no longer (the machine woke, the network changed): prove it or open another. */
  readonly doubt: () => void;
  readonly close: () => void;
};

export const openPushClient = (ports: PushPorts): PushClient => {
  let attempt = 0;
  let socket: Socket | null = null;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let heartbeat: ReturnType<typeof setInterval> | null = null;

  const stopHeartbeat = (): void => {
    if (heartbeat !== null) clearInterval(heartbeat);
    heartbeat = null;
  };

  const dropped = (from: Socket, why: string): void => {
    if (from !== socket) return;
    socket = null;
    stopHeartbeat();
    if (closed) return;
    const delayMs = backOffMs(attempt, retryLimits, ports.random());
    attempt += 1;
    log.warn('The push socket is down', { why, delayMs });
    ports.onDown(why);
    retry = setTimeout(connect, delayMs);
  };

  const startHeartbeat = (to: Socket): void => {
    let heardAt = performance.now();
    const heard = (): void => {
      heardAt = performance.now();
    };
    to.on('pong', heard);
    to.on('ping', heard);
    to.on('message', heard);
    heartbeat = setInterval(() => {
      if (performance.now() - heardAt > silentForMs) to.terminate();
      else to.ping();
    }, pingEveryMs);
  };

  const connect = (): void => {
    retry = null;
    let why = 'closed';
    const opened = ports.open(ports.url, { authorization: `Bearer ${ports.token}` });
    socket = opened;
    const tooSlow = setTimeout(() => {
      why = 'no answer';
      opened.terminate();
    }, openingMs);
    opened.on('open', () => {
      clearTimeout(tooSlow);
      attempt = 0;
      startHeartbeat(opened);
      ports.onOpen();
    });
    opened.on('message', (data, isBinary) => {
      if (isBinary || opened !== socket) return;
      let message: unknown;
      try {
        // A text frame of ws is a Buffer unless another binaryType was asked for.
        message = JSON.parse((data as Buffer).toString('utf8'));
      } catch (thrown) {
        log.warn('A push is not JSON', { why: reasonOf(thrown) });
        return;
      }
      ports.onMessage(message);
    });
    opened.on('unexpected-response', (_request, response) => {
      clearTimeout(tooSlow);
      why = `HTTP ${response.statusCode ?? 0}`;
      if (response.statusCode === 401 && opened === socket) {
        socket = null;
        closed = true;
        ports.onUnauthorized();
      }
      opened.terminate();
    });
    opened.on('error', (thrown) => {
      why = reasonOf(thrown);
    });
    opened.on('close', (code) => {
      clearTimeout(tooSlow);
      dropped(opened, why === 'closed' ? `closed (${code})` : why);
    });
  };

  connect();

  return {
    doubt: () => {
      if (closed) return;
      if (retry !== null) {
        clearTimeout(retry);
        connect();
        return;
      }
      // After sleep a dead socket still says that it is open: another one is cheaper than the doubt.
      attempt = 0;
      const doubted = socket;
      socket = null;
      stopHeartbeat();
      doubted?.terminate();
      connect();
    },
    close: () => {
      closed = true;
      stopHeartbeat();
      if (retry !== null) clearTimeout(retry);
      socket?.close();
      socket = null;
    },
  };
};
