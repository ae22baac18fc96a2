import type { SocketPort } from 'jssip';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { Link } from './link.ts';

/** Timer F and B (RFC 3261 §17.1): what is older has been given up. */
const transactionMs = 32_000;
/** A hang-up is told to the PBX however long it was away. */
const hangUpMs = 3_600_000;
/** A transfer that got no answer was given up, and must not happen later. */
const transferMs = 10_000;
const maximumWaiting = 256;

const keepMsOf = (method: string): number => {
  if (method === 'BYE' || method === 'CANCEL') return hangUpMs;
  return method === 'REFER' ? transferMs : transactionMs;
};

type Kept = { readonly message: string; readonly at: number; readonly keepMs: number };

const requestLine = /^([A-Z]+) \S+ SIP\/2\.0\r\n/u;
const statusLine = /^SIP\/2\.0 (\d{3})/u;
const topBranch = /^(?:via|v)\s*:[^\r\n]*?;\s*branch\s*=\s*([^\s;,]+)/imu;
const toTag = /^(?:to|t)\s*:[^\r\n]*;\s*tag=/imu;
const sequenceMethod = /^cseq\s*:\s*\d+\s+([A-Z]+)/imu;

/** Control characters in headers, which no grammar allows and some callers' names carry. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;
const cleaned = (message: string): string => {
  const end = message.indexOf('\r\n\r\n');
  if (end < 0) return message;
  return message.slice(0, end).replace(controls, ' ') + message.slice(end);
};

export type EdgeSocket = SocketPort & {
  /** The link stands again: what was said into the void is said again. */
  readonly linkUp: () => void;
  readonly deliver: (message: string) => void;
};

/**
 * The socket that JsSIP sees. It never breaks: JsSIP ends calls and forgets requests when a socket goes, while the calls'
 * audio flows on. Requests without a final answer are sent again over the next link, which to the PBX is a
 * retransmission (RFC 3261 §17.1.1.2, same branch); the rest waits.
 */
export const createEdgeSocket = (
  link: Pick<Link, 'isUp' | 'send' | 'edge'>,
  log: Logger,
): EdgeSocket => {
  const unanswered = new Map<string, Kept>();
  let waiting: Kept[] = [];
  let attached = false;

  const transport = () => (link.edge().url.startsWith('wss:') ? 'WSS' : 'WS');
  /** Our own Via names the transport of the edge that it goes by now (RFC 7118 §5.2), which may be another one. */
  const sendAgain = ({ message }: Kept) =>
    link.send(
      requestLine.test(message)
        ? message.replace(/^(Via: SIP\/2\.0\/)WSS?(?= )/mu, `$1${transport()}`)
        : message,
    );

  const isFresh = (kept: Kept) => Date.now() - kept.at < kept.keepMs;

  const keep = (message: string): boolean => {
    const method = requestLine.exec(message)?.[1];
    const at = Date.now();
    switch (method) {
      case 'REGISTER':
      case 'OPTIONS':
        // Said anew after each reconnect by those who care.
        return link.isUp();
      case undefined:
      case 'ACK':
        if (!link.isUp()) waiting.push({ message, at, keepMs: transactionMs });
        if (waiting.length > maximumWaiting) waiting.shift();
        return link.isUp();
      default: {
        // An offer within a call is made anew as well: by then it would name a path that nobody listens at.
        if (method === 'INVITE' && toTag.test(message)) return link.isUp();
        const branch = topBranch.exec(message)?.[1] ?? '';
        const keepMs = keepMsOf(method);
        unanswered.set(`${method} ${branch}`, { message, at, keepMs });
        return link.isUp();
      }
    }
  };

  const settle = (message: string) => {
    const status = Number(statusLine.exec(message)?.[1] ?? 0);
    if (status < 200) return;
    const branch = topBranch.exec(message)?.[1] ?? '';
    unanswered.delete(`${sequenceMethod.exec(message)?.[1] ?? ''} ${branch}`);
  };

  const socket: EdgeSocket = {
    get url() {
      return link.edge().url;
    },
    get via_transport() {
      return transport();
    },
    get sip_uri() {
      return `sip:${new URL(link.edge().url).host};transport=ws`;
    },
    isConnected: () => attached,
    isConnecting: () => false,
    onconnect: () => undefined,
    ondisconnect: () => undefined,
    ondata: () => undefined,
    connect: () => {
      attached = true;
      queueMicrotask(() => socket.onconnect());
    },
    disconnect: () => {
      attached = false;
    },
    send: (message) => {
      if (keep(message)) link.send(message);
      return true;
    },
    linkUp: () => {
      for (const [key, kept] of unanswered) {
        if (isFresh(kept)) sendAgain(kept);
        else unanswered.delete(key);
      }
      const late = waiting.filter(isFresh);
      waiting = [];
      for (const kept of late) sendAgain(kept);
    },
    deliver: (message) => {
      settle(message);
      try {
        socket.ondata(cleaned(message));
      } catch (error) {
        // JsSIP throws at some malformed input; whatever it is, calls go on.
        log.warn('message not understood', { error: textOf(error), length: message.length });
      }
    },
  };
  return socket;
};
