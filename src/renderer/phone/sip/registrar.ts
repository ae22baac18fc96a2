import type { IncomingResponse, UA } from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import { OutgoingRequest } from 'jssip/lib/SIPMessage.js';
import { backOffMs } from '../../../shared/back-off.ts';
import type {
  Registration,
  RegistrationFailure,
} from '../../../shared/domain/registration/registration.ts';
import type { Logger } from '../log.ts';
import { readRegistrationReply } from './registration-reply.ts';
import { retryLimits } from './retry-limits.ts';

const answerWithinMs = 8_000;
const defaultExpiresSeconds = 300;
/** A registrar that asks for hours is asked again sooner. */
const longestRetryMs = 300_000;

export type Registrar = {
  /** The link stands: bind at once. */
  readonly linkUp: () => void;
  readonly linkDown: (retryAt: number) => void;
  readonly renew: () => void;
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
    readonly random: () => number;
    readonly log: Logger;
  },
): Registrar => {
  const callId = crypto.randomUUID();
  const fromTag = crypto.randomUUID().slice(0, 10);
  const instance = `"<urn:uuid:${ua.configuration.instance_id}>"`;
  let sequence = 0;
  let askedSeconds = defaultExpiresSeconds;
  let attempt = 0;
  let registeredSince: number | null = null;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let expiry: ReturnType<typeof setTimeout> | undefined;

  const fail = (
    why: RegistrationFailure,
    sipCode: number | null,
    retryAfterSeconds: number | null,
  ) => {
    registeredSince = null;
    clearTimeout(expiry);
    const delayMs =
      retryAfterSeconds === null
        ? backOffMs(attempt, retryLimits, ports.random())
        : Math.min(longestRetryMs, retryAfterSeconds * 1_000) +
          backOffMs(0, retryLimits, ports.random());
    attempt += 1;
    clearTimeout(timer);
    timer = setTimeout(register, delayMs);
    ports.log.warn('registration failed', { why, sipCode, delayMs });
    ports.onChange({ state: 'failed', why, sipCode, retryAt: Date.now() + delayMs });
  };

  const bound = (expiresSeconds: number) => {
    attempt = 0;
    clearTimeout(timer);
    clearTimeout(expiry);
    // Between half and three quarters of the time, so that a floor of phones does not refresh in step.
    timer = setTimeout(register, expiresSeconds * 1_000 * (0.5 + 0.25 * ports.random()));
    expiry = setTimeout(() => fail('binding_missing', null, null), expiresSeconds * 1_000);
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
    else if (reply.kind === 'too_brief') {
      askedSeconds = reply.minimumSeconds;
      register();
    } else fail(reply.why, response.status_code, reply.retryAfterSeconds);
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
    if (closed) return;
    clearTimeout(timer);
    if (registeredSince === null) ports.onChange({ state: 'registering' });
    timer = setTimeout(() => fail('pbx_unreachable', null, null), answerWithinMs);
    send(askedSeconds, take);
  };

  return {
    linkUp: register,
    linkDown: (retryAt) => {
      if (closed) return;
      clearTimeout(timer);
      clearTimeout(expiry);
      registeredSince = null;
      attempt = 0;
      ports.onChange({ state: 'failed', why: 'pbx_unreachable', sipCode: null, retryAt });
    },
    renew: register,
    close: () => {
      closed = true;
      clearTimeout(timer);
      clearTimeout(expiry);
      if (registeredSince !== null) send(0, () => undefined);
      registeredSince = null;
      ports.onChange({ state: 'unregistered' });
    },
  };
};
