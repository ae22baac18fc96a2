import type { IncomingRequest } from 'jssip';
import { debug, UA } from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import RTCSession from 'jssip/lib/RTCSession.js';
import { OutgoingRequest } from 'jssip/lib/SIPMessage.js';
import type { SipAccount } from '../../../shared/api/routes.ts';
import type { RemoteParty } from '../../../shared/domain/call/call.ts';
import type { Registration } from '../../../shared/domain/registration/registration.ts';
import type { CreateLogger } from '../log.ts';
import { textOf } from '../log.ts';
import type { PeerFactory } from '../media/peer.ts';
import { createEdgeSocket } from './edge-socket.ts';
import {
  callHeader,
  callKeyOf,
  consultHeader,
  headerValue,
  joinIdOf,
  queueHeader,
  queueOf,
  remoteParty,
  superviseHeader,
} from './headers.ts';
import { createFarewells } from './farewells.ts';
import { createInviteGate } from './invite-gate.ts';
import type { Leg, LegPorts } from './leg.ts';
import { createLeg } from './leg.ts';
import type { Wake } from './link.ts';
import { createLink } from './link.ts';
import { ownRefusal } from './own-refusals.ts';
import { busyUntil, createRefusals, isOfItsSequence } from './refusals.ts';
import { createRegistrar } from './registrar.ts';
import type { SubscriptionsPorts } from './subscriptions.ts';
import { createSubscriptions } from './subscriptions.ts';

/** More at once is a fault or an attack, not customers. */
const maximumLegs = 6;
/** The PBX decides how long it rings; this only bounds what it forgot. */
const ringLimitSeconds = 180;
/** A leg that rings while the PBX is out of reach is nobody's any more. */
const unansweredOutageMs = 10_000;
const farewellMs = 2_000;
/** Option tags (RFC 3261 §20.32) that JsSIP honours. */
const supported = new Set(['timer', 'ice', 'outbound', 'replaces', 'gruu', 'path']);

export type UserAgentPorts = {
  readonly account: SipAccount;
  readonly onRegistration: (registration: Registration) => void;
  readonly onOffered: (leg: Leg) => void;
  /** A supervisor's line to an agent's call: taken only where this phone asked for that join. */
  readonly joins: {
    readonly expects: (joinId: string) => boolean;
    readonly take: (joinId: string, leg: Leg) => void;
  };
  /** Asked before anything is told of the call: it is busy for this caller. */
  readonly refuses: (offer: Pick<Leg, 'callKey' | 'queue' | 'isConsult'>) => boolean;
  /** Something came from the PBX. */
  readonly onHeard: () => void;
  readonly createLogger: CreateLogger;
  readonly random: () => number;
} & PeerFactory &
  Pick<SubscriptionsPorts, 'onVoicemail' | 'onPresence'>;

export type UserAgent = {
  readonly account: SipAccount;
  /** A leg that is not on its way yet. */
  readonly newLeg: (
    call: Pick<LegPorts, 'callKey' | 'isConsult' | 'queue'> & { readonly remote: RemoteParty },
  ) => Leg;
  /** Whose phones are watched from now on, by extension. */
  readonly watch: (extensions: readonly string[]) => void;
  readonly wake: (why: Wake) => void;
  /** The same account with a new secret: calls go on. */
  readonly renew: (account: SipAccount) => void;
  /** Whether the PBX says now that it knows this phone. */
  readonly proveBinding: () => Promise<boolean>;
  /** The PBX is not to offer anything here, or may again. */
  readonly setAway: (away: boolean) => void;
  readonly stop: () => void;
};

/** Why a request is refused before JsSIP, which would answer it wrongly or not at all, sees it. */
const refusalOf = (request: IncomingRequest): number | null => {
  if (!request.ruri) return 416;
  if (!isOfItsSequence(request)) return 400;
  if (request.method === 'ACK' || request.method === 'CANCEL') return null;
  if (request.method === 'REFER') return 403;
  if (request.method === 'NOTIFY' && !request.hasHeader('Event')) return 489;
  if (request.method === 'INVITE' && request.hasHeader('Replaces')) return 403;
  const required = request.getHeaders('Require').flatMap((header) => header.split(','));
  return required.every((tag) => supported.has(tag.trim().toLowerCase())) ? null : 420;
};

/** One account at one PBX: link, registration and the legs on it. A new account is a new user agent. */
export const createUserAgent = (ports: UserAgentPorts): UserAgent => {
  debug.disable();
  const log = ports.createLogger('sip');
  const farewells = createFarewells();
  const legs = new Map<Leg, { answered: boolean }>();
  let outage: ReturnType<typeof setTimeout> | undefined;

  const link = createLink({
    edges: ports.account.edges,
    isIdle: () => legs.size === 0,
    open: (url) => new WebSocket(url, 'sip'),
    random: ports.random,
    log: ports.createLogger('link'),
    probe: () => {
      const request = new OutgoingRequest('OPTIONS', ua.configuration.registrar_server, ua, {});
      const nothing = () => undefined;
      new RequestSender(ua, request, {
        onReceiveResponse: nothing,
        onRequestTimeout: nothing,
        onTransportError: nothing,
      }).send();
    },
    onUp: () => {
      clearTimeout(outage);
      outage = undefined;
      registrar.linkUp();
      socket.linkUp();
      farewells.linkUp();
      for (const leg of legs.keys()) leg.prove();
    },
    onProven: () => {
      for (const leg of legs.keys()) leg.linkProven();
    },
    onDown: (retryAt) => {
      registrar.linkDown(retryAt);
      for (const leg of legs.keys()) leg.linkDown();
      outage ??= setTimeout(() => {
        for (const [leg, { answered }] of legs) if (!answered) leg.end('unreachable');
      }, unansweredOutageMs);
    },
    onMessage: (message) => {
      farewells.take(message);
      socket.deliver(message);
      ports.onHeard();
    },
  });
  const socket = createEdgeSocket(link, log);
  const ua = new UA({
    sockets: socket,
    uri: headerValue(ports.account.uri),
    authorization_user: headerValue(ports.account.username),
    password: ports.account.password,
    register: false,
    instance_id: crypto.randomUUID(),
    user_agent: 'Ringside',
    no_answer_timeout: ringLimitSeconds,
    session_timers: true,
    session_timers_refresh_method: 'INVITE',
  });
  const registrar = createRegistrar(ua, {
    onChange: (registration) => {
      ports.onRegistration(registration);
      if (registration.state === 'registered') subscriptions.begin();
      else subscriptions.drop();
    },
    onUnserved: link.leaveEdge,
    random: ports.random,
    log: ports.createLogger('registrar'),
  });

  const subscriptions = createSubscriptions(ua, {
    onVoicemail: ports.onVoicemail,
    onPresence: ports.onPresence,
    random: ports.random,
    log: ports.createLogger('subscriptions'),
  });

  const invites = createInviteGate();
  const refuse = createRefusals((message) => socket.send(message), log);
  const receiveRequest = ua.receiveRequest.bind(ua);
  ua.receiveRequest = (request) => {
    const refusal = refusalOf(request) ?? invites.refusal(request);
    if (refusal !== null) refuse(request, refusal);
    else if (request.method !== 'NOTIFY') receiveRequest(request);
    else if (subscriptions.take(request)) return;
    // Nobody asked for it. Within a call it may be a transfer's (RFC 3515).
    else if (!request.to_tag) refuse(request, 489);
    else receiveRequest(request);
  };

  const adopt = (
    leg: Pick<
      LegPorts,
      'session' | 'direction' | 'callKey' | 'remote' | 'queue' | 'isConsult' | 'offer'
    >,
  ): Leg => {
    const state = { answered: false };
    const adopted = createLeg({
      ...leg,
      createPeer: ports.createPeer,
      renewRelay: ports.renewRelay,
      findsAddress: ports.findsAddress,
      isLinkUp: link.isUp,
      isLinkTrusted: link.isTrusted,
      onEnded: () => legs.delete(adopted),
      onPathLost: link.doubt,
      expectFarewell: farewells.expect,
      random: ports.random,
      log: ports.createLogger('leg'),
    });
    leg.session.on('accepted', () => {
      state.answered = true;
    });
    legs.set(adopted, state);
    return adopted;
  };

  ua.on('newRTCSession', ({ originator, session, request }) => {
    if (originator === 'local') return;
    try {
      const offer = request.body ?? '';
      if (legs.size >= maximumLegs) {
        session.terminate({ status_code: 486, extraHeaders: [busyUntil] });
        return;
      }
      if (offer !== '' && !/^m=audio [1-9]/mu.test(offer)) {
        session.terminate({ status_code: 488 });
        return;
      }
      const offered = {
        callKey: callKeyOf(request.getHeader(callHeader), request.call_id),
        queue: queueOf(request.getHeader(queueHeader)),
        isConsult: request.getHeader(consultHeader)?.trim() === '1',
      };
      const joinId = joinIdOf(request.getHeader(superviseHeader));
      if (joinId !== null && !ports.joins.expects(joinId)) {
        log.warn('a join that nobody asked for was refused');
        session.terminate({ status_code: 403 });
        return;
      }
      if (joinId === null && ports.refuses(offered)) {
        const { code, reason } = ownRefusal('busy');
        log.info('a call was refused unheard', { callKey: offered.callKey });
        session.terminate({ status_code: code, extraHeaders: [reason] });
        return;
      }
      const leg = adopt({
        ...offered,
        session,
        direction: 'inbound',
        remote: remoteParty(
          request.getHeader('From') ?? '',
          request.getHeader('P-Asserted-Identity'),
        ),
        offer: offer === '' ? null : offer,
      });
      if (joinId === null) ports.onOffered(leg);
      else ports.joins.take(joinId, leg);
    } catch (error) {
      log.error('incoming call failed', { error: textOf(error) });
      if (!session.isEnded()) session.terminate({ status_code: 500 });
    }
  });

  ua.start();
  link.start();

  return {
    account: ports.account,
    newLeg: (call) =>
      adopt({
        ...call,
        session: new RTCSession(ua),
        direction: 'outbound',
        offer: null,
      }),
    watch: subscriptions.watch,
    wake: (why) => {
      link.wake(why);
      for (const leg of legs.keys()) leg.moved();
    },
    renew: (account) => {
      ua.configuration.password = account.password;
      ua.configuration.ha1 = null;
      if (link.isUp()) registrar.renew();
    },
    proveBinding: () => (link.isUp() ? registrar.prove() : Promise.resolve(false)),
    setAway: (away) => {
      // Without a link nobody is offered anything, and it begins as it is wished then.
      registrar.setAway(away);
    },
    stop: () => {
      for (const leg of legs.keys()) leg.end('ended');
      subscriptions.end();
      registrar.close();
      clearTimeout(outage);
      // Time for the authentication of what was just sent.
      setTimeout(() => {
        ua.stop();
        link.stop();
        farewells.close();
      }, farewellMs);
    },
  };
};
