import type { IncomingRequest, IncomingResponse, SipUri, UA } from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import { OutgoingRequest } from 'jssip/lib/SIPMessage.js';
import URI from 'jssip/lib/URI.js';
import type { Logger } from '../log.ts';
import { createRetrySlots } from './retry-slots.ts';

/** Half an hour: it costs next to nothing, and a PBX that forgot us is noticed by the registration long before. */
const defaultExpiresSeconds = 1_800;
const longestExpiresSeconds = 86_400;
const soonestRefreshMs = 5_000;
const longestRetryMs = 600_000;
/** A PBX whose documents never fit together must not be asked without end. */
const wholeEveryMs = 30_000;
/** Nobody waits for this as for a call. */
const retryWindowsMs = [20_000, 60_000, 300_000] as const;
/** Worth another try; anything else says that it is not offered to us. */
const passingFailures = new Set([408, 480, 491, 500, 502, 503, 504]);

export type SubscriptionPorts = {
  /** The user whose state is asked for; null: our own. */
  readonly user: string | null;
  readonly event: 'message-summary' | 'dialog';
  readonly accept: string;
  /** A new subscription: what was known by an earlier one counts no longer. */
  readonly onBegun: () => void;
  /** False: something before it was missed, and the whole is wanted. */
  readonly onBody: (body: string) => boolean;
  /** It is not told any more. */
  readonly onLost: () => void;
  readonly random: () => number;
  readonly log: Logger;
};

export type Subscription = {
  /** Asks anew. */
  readonly begin: () => void;
  /** The way to the PBX, or our place there, is gone: quiet until `begin`. */
  readonly drop: () => void;
  /** Takes it back at the PBX. */
  readonly end: () => void;
  /** A NOTIFY of this event: what to answer, or null when it is another subscription's. */
  readonly take: (request: IncomingRequest) => number | null;
};

/** One try or one dialog: everything of it is forgotten with it. */
type Attempt = {
  readonly callId: string;
  readonly fromTag: string;
  sequence: number;
  /** Of the last request that has no final answer yet. */
  pending: number | null;
  remoteTag: string | null;
  target: SipUri | null;
  routes: readonly string[];
  /** Of the last NOTIFY. */
  notified: number;
  accepted: boolean;
  lengthened: boolean;
  /** performance.now() when the whole was asked for because of a gap. */
  wholeAskedAt: number;
};

const tagOf = (header: string): string | null =>
  /;\s*tag\s*=\s*([^;\s>]+)/iu.exec(header)?.[1] ?? null;

const uriIn = (header: string | undefined): SipUri | null => {
  const text = /<([^<>\s]{1,512})>/u.exec(header ?? '')?.[1] ?? header?.split(';')[0]?.trim() ?? '';
  return (text === '' ? undefined : URI.parse(text)) ?? null;
};

const seconds = (text: string | undefined): number | null =>
  /^\s*\d{1,9}/u.test(text ?? '') ? Number.parseInt(text ?? '', 10) : null;

/**
 * A subscription to one event of one user (RFC 6665), kept as long as it is wanted. JsSIP's own gives up at the first
 * failure, knows no 423, and ends at a NOTIFY that it cannot read.
 */
export const createSubscription = (ua: UA, ports: SubscriptionPorts): Subscription => {
  const { event, log } = ports;
  const slots = createRetrySlots(retryWindowsMs, ports.random);
  let attempt: Attempt | null = null;
  let askedSeconds = defaultExpiresSeconds;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const resource = (): SipUri => {
    const { uri } = ua.configuration;
    return ports.user === null ? uri : (URI.parse(`sip:${ports.user}@${uri.host}`) ?? uri);
  };

  const forget = () => {
    clearTimeout(timer);
    if (attempt === null) return;
    attempt = null;
    ports.onLost();
  };

  const later = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(begin, delayMs);
  };

  const retry = (retryAfterSeconds: number | null) => {
    forget();
    later(
      retryAfterSeconds === null
        ? slots.next()
        : Math.min(longestRetryMs, retryAfterSeconds * 1_000) + Math.round(ports.random() * 5_000),
    );
  };

  const refreshWithin = (expiresSeconds: number) => {
    clearTimeout(timer);
    const delayMs = expiresSeconds * 1_000 * (0.5 + 0.25 * ports.random());
    timer = setTimeout(
      () => {
        if (attempt !== null) send(attempt, askedSeconds);
      },
      Math.max(soonestRefreshMs, delayMs),
    );
  };

  const accepted = (mine: Attempt, response: IncomingResponse) => {
    mine.remoteTag ??= response.to_tag;
    mine.target = uriIn(response.getHeader('Contact')) ?? mine.target;
    // RFC 3261 §12.1.2: the caller's routes are those of the answer, reversed.
    if (mine.routes.length === 0) mine.routes = response.getHeaders('Record-Route').toReversed();
    const granted = Math.min(askedSeconds, seconds(response.getHeader('Expires')) ?? askedSeconds);
    if (granted === 0) {
      retry(null);
      return;
    }
    mine.accepted = true;
    slots.reset();
    refreshWithin(granted);
  };

  const refused = (mine: Attempt, response: IncomingResponse) => {
    const { status_code: code } = response;
    const minimum = seconds(response.getHeader('Min-Expires')) ?? 0;
    if (
      code === 423 &&
      !mine.lengthened &&
      minimum > askedSeconds &&
      minimum <= longestExpiresSeconds
    ) {
      mine.lengthened = true;
      askedSeconds = minimum;
      send(mine, askedSeconds);
    } else if (code === 481 && mine.accepted) {
      // The PBX forgot it.
      forget();
      begin();
    } else if (passingFailures.has(code)) retry(seconds(response.getHeader('Retry-After')));
    else {
      log.debug('not offered', { event, code });
      forget();
    }
  };

  const send = (mine: Attempt, expiresSeconds: number) => {
    mine.sequence += 1;
    let latest = mine.sequence;
    mine.pending = latest;
    const request = new OutgoingRequest(
      'SUBSCRIBE',
      mine.target ?? resource(),
      ua,
      {
        to_uri: resource(),
        call_id: mine.callId,
        from_tag: mine.fromTag,
        cseq: mine.sequence,
        ...(mine.remoteTag === null ? {} : { to_tag: mine.remoteTag }),
        ...(mine.routes.length === 0 ? {} : { route_set: mine.routes }),
      },
      [
        `Event: ${event}`,
        `Accept: ${ports.accept}`,
        `Contact: ${ua.contact.toString()}`,
        `Expires: ${expiresSeconds}`,
      ],
    );
    const isCurrent = () => attempt === mine && mine.pending === latest;
    const unanswered = () => {
      if (isCurrent()) retry(null);
    };
    new RequestSender(ua, request, {
      onAuthenticated: () => {
        if (!isCurrent()) return;
        mine.sequence += 1;
        latest = mine.sequence;
        mine.pending = latest;
      },
      onReceiveResponse: (response) => {
        if (response.status_code < 200 || !isCurrent()) return;
        mine.pending = null;
        if (response.status_code < 300) accepted(mine, response);
        else refused(mine, response);
      },
      onRequestTimeout: unanswered,
      onTransportError: unanswered,
    }).send();
  };

  const begin = () => {
    forget();
    attempt = {
      callId: crypto.randomUUID(),
      fromTag: crypto.randomUUID().slice(0, 10),
      sequence: 0,
      pending: null,
      remoteTag: null,
      target: null,
      routes: [],
      notified: -1,
      accepted: false,
      lengthened: false,
      wholeAskedAt: Number.NEGATIVE_INFINITY,
    };
    ports.onBegun();
    send(attempt, askedSeconds);
  };

  /** RFC 6665 §4.1.3: what the end of a subscription asks us to do. */
  const terminated = (state: string) => {
    const reason = /;\s*reason\s*=\s*([a-z]+)/iu.exec(state)?.[1]?.toLowerCase() ?? '';
    log.debug('ended by the PBX', { event, reason });
    if (reason === 'rejected' || reason === 'noresource' || reason === 'invariant') forget();
    else retry(seconds(/;\s*retry-after\s*=\s*(\d{1,9})/iu.exec(state)?.[1]));
  };

  const askForWhole = (mine: Attempt) => {
    if (mine.pending !== null || performance.now() - mine.wholeAskedAt < wholeEveryMs) return;
    mine.wholeAskedAt = performance.now();
    send(mine, askedSeconds);
  };

  return {
    begin,
    drop: forget,
    end: () => {
      clearTimeout(timer);
      if (attempt === null) return;
      const mine = attempt;
      const isThere = mine.remoteTag !== null;
      forget();
      if (isThere) send(mine, 0);
    },
    take: (request) => {
      if (request.call_id !== attempt?.callId) return null;
      const mine = attempt;
      if (request.to_tag !== mine.fromTag) return 481;
      const from = tagOf(request.getHeader('From') ?? '');
      // The NOTIFY may overtake the answer, and be what makes the dialog (RFC 6665 §4.4.1).
      mine.remoteTag ??= from;
      if (from !== mine.remoteTag) return 481;
      const state = request.getHeader('Subscription-State')?.trim() ?? '';
      if (!/^[a-z]+/iu.test(state)) return 400;
      if (request.cseq <= mine.notified) return request.cseq === mine.notified ? 200 : 500;
      mine.notified = request.cseq;
      mine.target ??= uriIn(request.getHeader('Contact'));
      const { body } = request;
      const made = body === null || body.trim() === '' || ports.onBody(body);
      if (/^terminated/iu.test(state)) terminated(state);
      else if (!made) askForWhole(mine);
      return 200;
    },
  };
};
