import { backOffMs } from '../../../shared/back-off.ts';
import type { Logger } from '../log.ts';
import { retryLimits } from './retry-limits.ts';

/** A path that is silent this long is asked whether it lives, and has this long to say so: 13 s to judgement. */
const quietMs = 9_000;
const judgementMs = 4_000;
const networkJudgementMs = 2_000;
const connectTimeoutMs = 6_000;
/** No SIP message of ours comes near; anything larger is not worth parsing. */
const maximumMessageLength = 262_144;

/** What the link needs of a WebSocket. */
export type SocketLike = Pick<WebSocket, 'send' | 'close'> & {
  onopen: ((event: Event) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  onerror: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
};

export type LinkPorts = {
  readonly url: string;
  readonly open: (url: string) => SocketLike;
  /** Asks the far side for any sign of life. */
  readonly probe: () => void;
  readonly onUp: () => void;
  /** `retryAt`: epoch ms of this machine. */
  readonly onDown: (retryAt: number) => void;
  readonly onMessage: (message: string) => void;
  readonly random: () => number;
  readonly log: Logger;
};

export type Link = {
  readonly start: () => void;
  readonly stop: () => void;
  readonly isUp: () => boolean;
  readonly send: (message: string) => void;
  readonly wake: (why: 'resume' | 'network') => void;
};

/**
 * The WebSocket to the SIP edge, kept alive: an open socket is not believed to carry anything until it was heard, and a
 * dead one is replaced by jittered tries.
 */
export const createLink = (ports: LinkPorts): Link => {
  let socket: SocketLike | null = null;
  let up = false;
  let attempt = 0;
  let heardAt = 0;
  let stopped = true;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let watchTimer: ReturnType<typeof setTimeout> | undefined;

  const discard = () => {
    clearTimeout(watchTimer);
    if (socket === null) return;
    const old = socket;
    socket = null;
    up = false;
    old.onopen = old.onclose = old.onerror = old.onmessage = null;
    try {
      old.close();
    } catch (error) {
      ports.log.debug('closing the socket failed', { error: String(error) });
    }
  };

  const lose = (why: string, delayMs = backOffMs(attempt, retryLimits, ports.random())) => {
    discard();
    if (stopped) return;
    ports.log.warn('link lost', { why, attempt, delayMs });
    attempt += 1;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, delayMs);
    ports.onDown(Date.now() + delayMs);
  };

  const judgeAfter = (waitMs: number) => {
    const askedAt = performance.now();
    clearTimeout(watchTimer);
    ports.probe();
    watchTimer = setTimeout(() => {
      if (heardAt > askedAt) watch();
      else lose('silent');
    }, waitMs);
  };

  const watch = () => {
    clearTimeout(watchTimer);
    const quietForMs = performance.now() - heardAt;
    if (quietForMs >= quietMs) judgeAfter(judgementMs);
    else watchTimer = setTimeout(watch, quietMs - quietForMs);
  };

  const receive = (data: unknown) => {
    heardAt = performance.now();
    attempt = 0;
    const message = typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer);
    if (message === '\r\n\r\n') socket?.send('\r\n'); // RFC 5626 §3.5.1
    if (message.trim() === '') return;
    if (message.length > maximumMessageLength) {
      ports.log.warn('oversized message dropped', { length: message.length });
      return;
    }
    ports.onMessage(message);
  };

  const connect = () => {
    clearTimeout(retryTimer);
    discard();
    let opened: SocketLike;
    try {
      opened = ports.open(ports.url);
    } catch (error) {
      lose(String(error));
      return;
    }
    socket = opened;
    watchTimer = setTimeout(() => lose('connect timeout'), connectTimeoutMs);
    opened.onopen = () => {
      up = true;
      heardAt = performance.now();
      ports.log.info('link up');
      watch();
      ports.onUp();
    };
    opened.onclose = (event) => lose(`closed ${event.code}`);
    opened.onmessage = (event) => receive(event.data);
  };

  return {
    start: () => {
      stopped = false;
      connect();
    },
    stop: () => {
      stopped = true;
      clearTimeout(retryTimer);
      discard();
    },
    isUp: () => up,
    send: (message) => socket?.send(message),
    wake: (why) => {
      if (stopped) return;
      if (up && why === 'network') judgeAfter(networkJudgementMs);
      else if (up) lose(why, 0);
      else {
        attempt = 0;
        connect();
      }
    },
  };
};
