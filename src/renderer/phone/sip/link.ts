import type { SipEdge } from '../../../shared/api/routes.ts';
import type { Logger } from '../log.ts';
import { orderEdges } from './edge-order.ts';
import { createEdgeTrials } from './edge-trial.ts';
import { createRetrySlots, linkWindowsMs } from './retry-slots.ts';
import type { SocketLike } from './socket-like.ts';

/** A path that is silent this long is asked whether it lives, and has this long to say so: 13 s to judgement. */
const quietMs = 9_000;
const judgementMs = 4_000;
const networkJudgementMs = 2_000;
const connectTimeoutMs = 6_000;
/**
 * With a call on whose audio waits for the link, a connection that hangs is given up for a new one after four times what
 * the last one took to open: the system's own pauses between its tries grow, and the network would be back long before.
 * For so long after the loss: a call is not kept much longer, and a line may have become slower.
 */
const hurryTimes = 4;
const hurryLeastMs = 1_000;
const hurryForMs = 25_000;
/** What each phone finds out for itself needs less spreading than what all of them see at one instant. */
const silentRetryMs = 2_000;
/** No SIP message of ours comes near; anything larger is not worth parsing. */
const maximumMessageLength = 262_144;

export type LinkPorts = {
  /** At least one. */
  readonly edges: readonly SipEdge[];
  readonly open: (url: string) => SocketLike;
  /** Asks the far side for any sign of life. */
  readonly probe: () => void;
  readonly onUp: () => void;
  /** A link that was doubted answered. */
  readonly onProven: () => void;
  /** `retryAt`: epoch ms of this machine. */
  readonly onDown: (retryAt: number) => void;
  readonly onMessage: (message: string) => void;
  /** No call is on: a better edge may be changed to, and nobody waits for this one. */
  readonly isIdle: () => boolean;
  readonly random: () => number;
  readonly log: Logger;
};

export type Wake = 'resume' | 'network' | 'moved';

export type Link = {
  readonly start: () => void;
  readonly stop: () => void;
  readonly isUp: () => boolean;
  /** Up, and nothing says that it carries nothing. */
  readonly isTrusted: () => boolean;
  readonly send: (message: string) => void;
  /** `moved`: an address of this machine went away; `network`: something else changed about the network. */
  readonly wake: (why: Wake) => void;
  /** Something else says that the network is gone: the link has to prove itself now. */
  readonly doubt: () => void;
  /** The edge in use, or the one that was last. */
  readonly edge: () => SipEdge;
  /** This edge serves nobody (RFC 3263 §4.3): on to one that was not tried yet. False: there is none. */
  readonly leaveEdge: (why: string) => boolean;
};

/**
 * The WebSocket to one of the SIP edges, kept alive: an open socket is not believed to carry anything until it was heard,
 * and a dead one is replaced. Edges are tried one after another without a pause; a pause comes when none of them would.
 */
export const createLink = (ports: LinkPorts): Link => {
  const [firstEdge] = orderEdges(ports.edges, ports.random);
  if (firstEdge === undefined) throw new Error('no edge');
  const slots = createRetrySlots(linkWindowsMs, ports.random);
  let edge = firstEdge;
  /** Edges that this round has not tried yet. */
  let untried: readonly SipEdge[] = [];
  let socket: SocketLike | null = null;
  let up = false;
  let heard = false;
  let heardAt = 0;
  let stopped = true;
  let isJudging = false;
  let openedInMs = 0;
  let hurriesUntil = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let watchTimer: ReturnType<typeof setTimeout> | undefined;

  const trials = createEdgeTrials({
    ...ports,
    onProven: () => {
      newRound();
      lose('a better edge', 0);
    },
  });

  const isHurried = () => performance.now() < hurriesUntil && !ports.isIdle();

  /** `last` comes last: it has just been found wanting. */
  const newRound = (last?: SipEdge) => {
    const order = orderEdges(ports.edges, ports.random);
    untried = last === undefined ? order : [...order.filter((one) => one !== last), last];
  };

  const discard = () => {
    clearTimeout(watchTimer);
    isJudging = false;
    trials.stop();
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

  const lose = (why: string, delayMs: number, isPatient = false) => {
    discard();
    if (stopped) return;
    ports.log.warn('link lost', { why, host: new URL(edge.url).host, delayMs });
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => connect(isPatient), delayMs);
    ports.onDown(Date.now() + delayMs);
  };

  /** It carried us and is gone. */
  const loseProven = (why: 'silent' | 'closed') => {
    if (why === 'silent') {
      newRound(edge);
      if (!ports.isIdle()) hurriesUntil = performance.now() + hurryForMs;
      lose(why, isHurried() ? 0 : Math.round(ports.random() * silentRetryMs));
    } else {
      // Most likely everybody lost it at this very instant.
      newRound();
      lose(why, slots.next());
    }
  };
  /** It never carried anything. */
  const loseUnproven = (why: string) => lose(why, untried.length > 0 ? 0 : slots.next());
  /** Whoever does not answer at all is behind a network that is gone; a PBX that is being started refuses. */
  const loseHanging = () => (isHurried() ? lose('hangs', 0) : loseUnproven('connect timeout'));
  const loseSocket = (why: 'silent' | 'closed') =>
    heard || (why === 'silent' && !ports.isIdle()) ? loseProven(why) : loseUnproven(why);

  const judgeAfter = (waitMs: number) => {
    isJudging = true;
    clearTimeout(watchTimer);
    ports.probe();
    watchTimer = setTimeout(() => loseSocket('silent'), waitMs);
  };

  const watch = () => {
    clearTimeout(watchTimer);
    isJudging = false;
    const quietForMs = performance.now() - heardAt;
    if (quietForMs >= quietMs) judgeAfter(judgementMs);
    else watchTimer = setTimeout(watch, quietMs - quietForMs);
  };

  const receive = (data: unknown) => {
    heardAt = performance.now();
    if (isJudging) {
      watch();
      ports.onProven();
    }
    if (!heard) {
      heard = true;
      slots.reset();
      trials.watch(edge);
    }
    // RFC 7118 §4.2: SIP comes in text and in binary frames.
    const message = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data);
    if (message === '\r\n\r\n') socket?.send('\r\n'); // RFC 5626 §3.5.1
    if (message.trim() === '') return;
    if (message.length > maximumMessageLength) {
      ports.log.warn('oversized message dropped', { length: message.length });
      return;
    }
    ports.onMessage(message);
  };

  const connect = (isPatient = false) => {
    clearTimeout(retryTimer);
    discard();
    if (untried.length === 0) newRound();
    [edge = edge, ...untried] = untried;
    heard = false;
    let opened: SocketLike;
    try {
      opened = ports.open(edge.url);
    } catch (error) {
      loseUnproven(String(error));
      return;
    }
    socket = opened;
    opened.binaryType = 'arraybuffer';
    const begunAt = performance.now();
    const hurriedMs = Math.min(connectTimeoutMs, Math.max(hurryLeastMs, hurryTimes * openedInMs));
    const timeoutMs = isHurried() && !isPatient ? hurriedMs : connectTimeoutMs;
    watchTimer = setTimeout(loseHanging, timeoutMs);
    opened.onopen = () => {
      up = true;
      heardAt = performance.now();
      openedInMs = heardAt - begunAt;
      hurriesUntil = 0;
      ports.log.info('link up', { host: new URL(edge.url).host });
      watch();
      ports.onUp();
    };
    opened.onclose = ({ code }) => {
      ports.log.debug('socket closed', { code });
      loseSocket('closed');
    };
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
    isTrusted: () => up && !isJudging,
    send: (message) => socket?.send(message),
    wake: (why) => {
      if (stopped) return;
      if (up && why === 'network') {
        judgeAfter(networkJudgementMs);
        return;
      }
      slots.reset();
      newRound();
      if (!ports.isIdle()) hurriesUntil = performance.now() + hurryForMs;
      // Another network may be a slower one.
      if (up) lose(why, 0, true);
      else connect(true);
    },
    doubt: () => {
      if (up && !isJudging) judgeAfter(networkJudgementMs);
    },
    edge: () => edge,
    leaveEdge: (why) => {
      if (!up || untried.length === 0) return false;
      lose(why, 0);
      return true;
    },
  };
};
