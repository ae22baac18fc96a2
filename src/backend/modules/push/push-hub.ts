import type { Push } from '../../../shared/api/push.ts';
import type { Log } from '../../log.ts';

/** One client's open line. */
export interface PushSocket {
  send(text: string): void;
  ping(): void;
  /** RFC 6455 §7.4. */
  close(code: number, reason: string): void;
  terminate(): void;
  /** Bytes that were sent and have not left. */
  readonly bufferedAmount: number;
}

/**
 * Fan-out to the people who are connected. This one reaches the sockets of this process; with several backends the
 * same port is served by PostgreSQL's LISTEN/NOTIFY between them.
 */
export interface PushHub<Message = Push> {
  toUser(userId: string, push: Message): void;
  toEverybody(push: Message): void;
  /**
   * Opens a line. Pushes are held back until `first` has been sent, so that nothing is lost or overtakes it. Answers
   * what the socket's events are to call.
   */
  connect(who: PushLine, socket: PushSocket, first: () => Promise<Message>): PushConnection;
  /** Says why, where there is something to say, and closes the lines of a session. */
  end(sessionId: string, push: Message | null): void;
  isConnected(userId: string): boolean;
  /** Told whenever a user's line opened or ended. Answers how to unsubscribe. */
  onLine(listener: (userId: string, how: LineEnd | 'opened') => void): () => void;
  /** Closes all lines: the backend stops. */
  close(): void;
}

/** `closed` by the client's side, or by a sign-out; `lost`: the client stopped answering, or reads nothing. */
export type LineEnd = 'closed' | 'lost';

export type PushLine = { readonly userId: string; readonly sessionId: string };
export type PushConnection = { readonly alive: () => void; readonly closed: () => void };

type Line = PushLine & {
  readonly socket: PushSocket;
  /** null once `first` is through. */
  waiting: string[] | null;
  answeredPing: boolean;
};

const heartbeatMs = 10_000;
/** A client that reads nothing is cut off; it comes back and gets the whole desk. */
const maximumBufferedBytes = 8_000_000;

const closeCode = { goingAway: 1001, error: 1011, sessionEnded: 4001 } as const;

export const createPushHub = <Message = Push>(log: Log): PushHub<Message> => {
  const lines = new Set<Line>();
  /** The same lines by whose they are: most pushes are for one of thousands. */
  const linesOf = new Map<string, Set<Line>>();
  const listeners = new Set<(userId: string, how: LineEnd | 'opened') => void>();

  const tell = ({ userId }: Line, how: LineEnd | 'opened'): void => {
    for (const listener of listeners) listener(userId, how);
  };
  const add = (line: Line): void => {
    lines.add(line);
    const own = linesOf.get(line.userId) ?? new Set();
    linesOf.set(line.userId, own.add(line));
    tell(line, 'opened');
  };
  const remove = (line: Line, how: LineEnd): void => {
    if (!lines.delete(line)) return;
    const own = linesOf.get(line.userId);
    own?.delete(line);
    if (own?.size === 0) linesOf.delete(line.userId);
    tell(line, how);
  };
  const drop = (line: Line): void => {
    remove(line, 'lost');
    line.socket.terminate();
  };
  const sendText = (line: Line, text: string): void => {
    if (line.waiting !== null) {
      line.waiting.push(text);
      return;
    }
    if (line.socket.bufferedAmount > maximumBufferedBytes) {
      log.warn({ userId: line.userId }, 'a client reads nothing: its line is cut');
      drop(line);
      return;
    }
    line.socket.send(text);
  };
  const open = async (line: Line, first: () => Promise<Message>): Promise<void> => {
    try {
      const text = JSON.stringify(await first());
      if (!lines.has(line)) return;
      const held = line.waiting ?? [];
      line.waiting = null;
      for (const each of [text, ...held]) sendText(line, each);
    } catch (error) {
      log.warn({ error, userId: line.userId }, 'a line could not be opened');
      remove(line, 'lost');
      line.socket.close(closeCode.error, 'try again');
    }
  };

  const heartbeat = setInterval(() => {
    for (const line of lines) {
      if (!line.answeredPing) {
        log.info({ userId: line.userId }, 'a client stopped answering');
        drop(line);
        continue;
      }
      line.answeredPing = false;
      line.socket.ping();
    }
  }, heartbeatMs);
  heartbeat.unref();

  return {
    toUser: (userId, push) => {
      const text = JSON.stringify(push);
      for (const line of linesOf.get(userId) ?? []) sendText(line, text);
    },
    toEverybody: (push) => {
      const text = JSON.stringify(push);
      for (const line of lines) sendText(line, text);
    },
    connect: (who, socket, first) => {
      const line: Line = { ...who, socket, waiting: [], answeredPing: true };
      add(line);
      void open(line, first);
      return {
        alive: () => {
          line.answeredPing = true;
        },
        closed: () => {
          remove(line, 'closed');
        },
      };
    },
    end: (sessionId, push) => {
      for (const line of lines) {
        if (line.sessionId !== sessionId) continue;
        remove(line, 'closed');
        if (push !== null) line.socket.send(JSON.stringify(push));
        line.socket.close(closeCode.sessionEnded, 'session ended');
      }
    },
    isConnected: (userId) => linesOf.has(userId),
    onLine: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      clearInterval(heartbeat);
      for (const line of lines) line.socket.close(closeCode.goingAway, 'the backend stops');
      lines.clear();
      linesOf.clear();
    },
  };
};
