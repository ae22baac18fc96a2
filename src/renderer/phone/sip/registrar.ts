import type { IncomingResponse, UA } from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import { OutgoingRequest } from 'jssip/lib/SIPMessage.js';
import type {
  Registration,
  RegistrationFailure,
} from '../../../shared/domain/registration/registration.ts';
import type { Logger } from '../log.ts';
import { readRegistrationReply } from './registration-reply.ts';
import { createRetrySlots, registrationWindowsMs } from './retry-slots.ts';

const answerWithinMs = 8_000;
const defaultExpiresSeconds = 300;
/** A registrar that asks for hours is asked again sooner. */
const longestRetryMs = 300_000;
/** Beyond what Retry-After says, so that phones that were told the same do not return in step. */
const retryAfterSpreadMs = 5_000;
const soonestRefreshMs = 1_000;

export type Registrar = {
  /** The link stands: bind at once. */
  readonly linkUp: () => void;
  readonly linkDown: (retryAt: number) => void;
  readonly renew: () => void;
  /** Asks now; whether the PBX says that the binding stands. */
  readonly prove: () => Promise<boolean>;
  /** Takes the binding away for now, or makes it again: no call is to come in meanwhile. */
  readonly setAway: (away: boolean) => void;
  /** Takes the binding away and stays silent. */
  readonly close: () => void;
};

/**
 * Keeps one binding (RFC 3261 §10) and says truly how it stands. JsSIP's own registrar gives up after a failure and
 * believes any 200; it stays switched off.
 */
export const createRegistrar = (
  ua: UA,
  ports: {
    readonly onChange: (registration: Registration) => void;
    /** The PBX does not serve us by this edge (RFC 3263 §4.3). True: another one is being tried. */
    readonly onUnserved: (why: string) => boolean;
    readonly random: () => number;
    readonly log: Logger;
  },
): Registrar => {
  const callId = crypto.randomUUID();
  const fromTag = crypto.randomUUID().slice(0, 10);
  const instance = `"<urn:uuid:${ua.configuration.instance_id}>"`;
  const slots = createRetrySlots(registrationWindowsMs, ports.random);
  let sequence = 0;
  let askedSeconds = defaultExpiresSeconds;
  let lengthened = false;
  let registeredSince: number | null = null;
  let closed = false;
  let away = false;
  /** Waits for the answer of a try that began after it was asked for. */
  let waiting: ((isBound: boolean) => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let expiry: ReturnType<typeof setTimeout> | undefined;

  const settle = (isBound: boolean) => {
    const settled = waiting;
    waiting = [];
    for (const each of settled) each(isBound);
  };

  const fail = (
    why: RegistrationFailure,
    sipCode: number | null,
    retryAfterSeconds: number | null,
  ) => {
    registeredSince = null;
    settle(false);
    clearTimeout(timer);
    clearTimeout(expiry);
    const isUnserved = sipCode === 503 || (sipCode === null && why === 'pbx_unreachable');
    if (isUnserved && ports.onUnserved(`registration ${sipCode ?? 'unanswered'}`)) return;
    const delayMs =
      retryAfterSeconds === null
        ? slots.next()
        : Math.min(longestRetryMs, retryAfterSeconds * 1_000) +
          Math.round(ports.random() * retryAfterSpreadMs);
    timer = setTimeout(begin, delayMs);
    ports.log.warn('registration failed', { why, sipCode, delayMs });
    ports.onChange({ state: 'failed', why, sipCode, retryAt: Date.now() + delayMs });
  };

  const bound = (expiresSeconds: number) => {
    if (away) {
      // It was on its way as the phone left.
      send(0, () => undefined);
      return;
    }
    slots.reset();
    clearTimeout(timer);
    clearTimeout(expiry);
    // Between half and three quarters of the time, so that a floor of phones does not refresh in step.
    const refreshMs = expiresSeconds * 1_000 * (0.5 + 0.25 * ports.random());
    timer = setTimeout(begin, Math.max(soonestRefreshMs, refreshMs));
    expiry = setTimeout(() => fail('binding_missing', null, null), expiresSeconds * 1_000);
    settle(true);
    if (registeredSince !== null) return;
    registeredSince = Date.now();
    ports.log.info('registered', { expiresSeconds });
    ports.onChange({ state: 'registered', since: registeredSince });
  };

  const take = (response: IncomingResponse) => {
    const reply = readRegistrationReply({
      status: response.status_code,
      contacts: response.getHeaders('Contact'),
      expires: response.getHeader('Expires'),
      minimumExpires: response.getHeader('Min-Expires'),
      retryAfter: response.getHeader('Retry-After'),
      ourUser: ua.contact.uri.user ?? '',
      askedSeconds,
    });
    if (reply.kind === 'bound') bound(reply.expiresSeconds);
    else if (reply.kind === 'too_brief' && !lengthened) {
      lengthened = true;
      askedSeconds = reply.minimumSeconds;
      register();
    } else if (reply.kind === 'too_brief') fail('pbx_error', response.status_code, null);
    else fail(reply.why, response.status_code, reply.retryAfterSeconds);
  };

  const send = (expiresSeconds: number, onFinal: (response: IncomingResponse) => void) => {
    sequence += 1;
    const mine = sequence;
    const contact = `${ua.contact.toString()};+sip.ice;reg-id=1;+sip.instance=${instance}`;
    const request = new OutgoingRequest(
      'REGISTER',
      ua.configuration.registrar_server,
      ua,
      { to_uri: ua.configuration.uri, call_id: callId, cseq: sequence, from_tag: fromTag },
      [`Contact: ${contact};expires=${expiresSeconds}`, `Expires: ${expiresSeconds}`],
    );
    let latest = mine;
    const isCurrent = () => latest === sequence;
    new RequestSender(ua, request, {
      onAuthenticated: () => {
        if (!isCurrent()) return;
        sequence += 1;
        latest = sequence;
      },
      onReceiveResponse: (response) => {
        if (response.status_code >= 200 && isCurrent()) onFinal(response);
      },
      // Judged by the timer of `register`, which is quicker.
      onRequestTimeout: () => undefined,
      onTransportError: () => undefined,
    }).send();
  };

  const register = () => {
    if (closed || away) return;
    clearTimeout(timer);
    if (registeredSince === null) ports.onChange({ state: 'registering' });
    timer = setTimeout(() => fail('pbx_unreachable', null, null), answerWithinMs);
    send(askedSeconds, take);
  };

  /** A try of its own, not one of those that a try may take. */
  const begin = () => {
    lengthened = false;
    register();
  };

  const leave = () => {
    clearTimeout(timer);
    clearTimeout(expiry);
    if (registeredSince !== null) send(0, () => undefined);
    registeredSince = null;
    settle(false);
    ports.onChange({ state: 'unregistered' });
  };

  return {
    linkUp: begin,
    linkDown: (retryAt) => {
      if (closed) return;
      clearTimeout(timer);
      clearTimeout(expiry);
      registeredSince = null;
      settle(false);
      ports.onChange({ state: 'failed', why: 'pbx_unreachable', sipCode: null, retryAt });
    },
    renew: begin,
    prove: () =>
      new Promise((resolve) => {
        if (closed || away) {
          resolve(false);
          return;
        }
        waiting.push(resolve);
        // What was sent before may have been answered by a network that is gone.
        begin();
      }),
    setAway: (wish) => {
      if (closed || away === wish) return;
      away = wish;
      if (away) leave();
      else begin();
    },
    close: () => {
      closed = true;
      leave();
    },
  };
};
