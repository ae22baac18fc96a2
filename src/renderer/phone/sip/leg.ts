import type { IncomingRequest, IncomingResponse } from 'jssip';
import type RTCSession from 'jssip/lib/RTCSession.js';
import type { CallEnd, RemoteParty } from '../../../shared/domain/call/call.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { PeerFactory } from '../media/peer.ts';
import { endOf } from './end-reason.ts';
import { changedParty, dialHeaders } from './headers.ts';
import { createLegMedia } from './leg-media.ts';
import { describeInTime } from './local-description.ts';
import type { NegotiationFailure } from './negotiation.ts';
import type { OwnDeed } from './own-refusals.ts';
import { ownRefusal } from './own-refusals.ts';
import { tellRecording } from './record-info.ts';
import type { DialogName, ReferralHandlers, ReferralRefusal } from './referral.ts';
import { createReferral } from './referral.ts';
import { askForLongerInterval } from './session-interval.ts';

const sessionExpiresSeconds = 1_800;
const answerWithinMs = 10_000;
const refreshAgainMs = 10_000;
/** A PBX that took the far side over lets go of us sooner. */
const letGoWithinMs = 1_000;

/** What happens to a leg, in the domain's words; whoever listens stamps it. */
export type LegSignal =
  | { readonly kind: 'remote_alerting'; readonly earlyMedia: boolean }
  | { readonly kind: 'answered' }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'held' | 'resumed'; readonly by: 'remote' }
  | { readonly kind: 'remote_changed'; readonly remote: RemoteParty }
  /** The audio path, of a call that had one. */
  | { readonly kind: 'path'; readonly stands: boolean }
  /** `released` false: the far side does not know yet; `released` follows. */
  | { readonly kind: 'ended'; readonly end: CallEnd; readonly released: boolean }
  | { readonly kind: 'released' };

export type LegHandlers = {
  readonly signal: (signal: LegSignal) => void;
  readonly remoteTrack: (track: MediaStreamTrack) => void;
};

/** One SIP dialog with its audio. */
export type Leg = {
  readonly callKey: string;
  readonly remote: RemoteParty;
  readonly queue: string | null;
  /** Asks a colleague about a customer, whoever dialled. */
  readonly isConsult: boolean;
  /** null until audio was first asked for. */
  readonly peer: () => RTCPeerConnection | null;
  readonly listen: (handlers: LegHandlers) => void;
  /** Attaches the microphone. Before the answer nothing can be sent: there are no keys yet. */
  readonly useTrack: (track: MediaStreamTrack | null) => Promise<void>;
  readonly answer: () => Promise<Result<null, 'ended' | 'failed'>>;
  /** Outbound: sends the INVITE to this user at our PBX; `location`: of the caller, for whoever sends help. */
  readonly dial: (user: string, location?: string | null) => void;
  readonly end: (deed: OwnDeed) => void;
  readonly setHold: (hold: boolean) => Promise<Result<null, NegotiationFailure>>;
  readonly sendDigits: (digits: string) => boolean;
  /** Tells the SIP service to record, or not to. */
  readonly tellRecording: (on: boolean) => Promise<Result<null, 'refused' | 'timeout'>>;
  /** null while it is no established dialog. */
  readonly dialog: () => DialogName | null;
  /**
   * Hands the far side over to `user` at our PBX, or to whom the dialog `replaces` leads (RFC 3515). On success this leg
   * ends as transferred.
   */
  readonly refer: (
    target: { readonly user: string; readonly replaces?: DialogName },
    withinMs: number,
    handlers?: ReferralHandlers,
  ) => Promise<Result<null, ReferralRefusal>>;
  /** Another leg's referral joins their far sides: if it succeeds the PBX ends this leg too, or we do. */
  readonly joinedBy: (referral: Promise<Result<null, ReferralRefusal>>) => void;
  /** Asks the PBX whether it still knows this call, and tells it where we are now. */
  readonly prove: () => void;
  /** A link that was doubted carries what is sent. */
  readonly linkProven: () => void;
  /** Nothing that was sent is answered any more. */
  readonly linkDown: () => void;
  /** This machine may have other addresses now. */
  readonly moved: () => void;
};

const isResponse = (message: IncomingRequest | IncomingResponse): message is IncomingResponse =>
  'status_code' in message && typeof message.status_code === 'number';

export type LegPorts = {
  readonly session: RTCSession;
  readonly direction: 'inbound' | 'outbound';
  readonly callKey: string;
  readonly remote: RemoteParty;
  readonly queue: string | null;
  readonly isConsult: boolean;
  /** The INVITE's SDP, inbound; null when it carried none. */
  readonly offer: string | null;
  readonly isLinkUp: () => boolean;
  readonly isLinkTrusted: () => boolean;
  readonly onEnded: () => void;
  /** The audio found no way any more: the link may have gone the same one. */
  readonly onPathLost: () => void;
  /** We hung up while the PBX was out of reach; tells when it heard of it. */
  readonly expectFarewell: (sipCallId: string, onHeard: () => void) => void;
  readonly random: () => number;
  readonly log: Logger;
} & PeerFactory;

export const createLeg = (ports: LegPorts): Leg => {
  const { session, log } = ports;
  const { direction } = ports;
  let handlers: LegHandlers | null = null;
  let { remote } = ports;
  let deed: OwnDeed | null = null;
  let answered = false;
  let ended = false;
  let beingJoined = false;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  let letGoTimer: ReturnType<typeof setTimeout> | undefined;
  let onAnswered: (() => void) | null = null;

  const media = createLegMedia(session, {
    createPeer: ports.createPeer,
    renewRelay: ports.renewRelay,
    findsAddress: ports.findsAddress,
    offer: ports.offer,
    isLinkUp: ports.isLinkUp,
    isLinkTrusted: ports.isLinkTrusted,
    isAnswered: () => answered,
    onTrack: (track) => handlers?.remoteTrack(track),
    onPath: (stands) => {
      signal({ kind: 'path', stands });
      if (!stands) ports.onPathLost();
    },
    onLost: (why) => endAs(why),
    onDialogGone: () => endAs('unreachable'),
    random: ports.random,
    log,
  });
  const referral = createReferral(session, {
    isLinkUp: ports.isLinkUp,
    onDone: () => {
      deed = 'transferred';
      endAs('transferred');
    },
    log,
  });

  const signal = (one: LegSignal) => {
    try {
      handlers?.signal(one);
    } catch (error) {
      log.error('a listener failed', { error: textOf(error), signal: one.kind });
    }
  };

  const finish = (end: RTCSession.Events['ended']) => {
    if (ended) return;
    ended = true;
    clearTimeout(refreshTimer);
    clearTimeout(letGoTimer);
    // Who agreed to hand the far side over and then lets go of us has done so.
    if (referral.isUnderWay() && end.originator === 'remote') deed ??= 'transferred';
    if (beingJoined && end.originator === 'remote') deed ??= 'ended';
    referral.ended();
    const { message } = end;
    const reasons = message?.getHeaders('Reason') ?? [];
    const sipCode = message !== null && isResponse(message) ? message.status_code : null;
    // An offer that we refuse is no call yet: the PBX takes it back by itself.
    const released =
      end.originator === 'remote' || ports.isLinkUp() || (direction === 'inbound' && !answered);
    if (!released) {
      ports.expectFarewell(sipCallId(), () => {
        signal({ kind: 'released' });
        handlers = null;
      });
    }
    signal({
      kind: 'ended',
      end: endOf({
        direction,
        answered,
        originator: end.originator,
        deed,
        sipCode,
        reasons,
        cause: end.cause,
      }),
      released,
    });
    log.info('call ended', { cause: end.cause, by: end.originator, sipCode, deed, answered });
    media.close();
    session.removeAllListeners();
    onAnswered?.();
    if (released) handlers = null;
    ports.onEnded();
  };

  const sipCallId = () => session._request?.call_id ?? '';

  const endAs = (why: OwnDeed) => {
    if (ended || session.isEnded()) return;
    // A transfer that the PBX may have carried out is not undone by our leaving.
    deed ??= referral.isUnderWay() ? 'transferred' : why;
    const { code, reason } = ownRefusal(deed);
    try {
      if (direction === 'inbound' && !answered) {
        session.terminate({ status_code: code, extraHeaders: [reason] });
      } else if (deed === 'ended' || deed === 'transferred') session.terminate();
      else session.terminate({ extraHeaders: [reason] });
    } catch (error) {
      log.error('ending failed', { error: textOf(error) });
      finish({ originator: 'local', message: null, cause: 'Internal Error' });
    }
  };

  // --- JsSIP's habits that cost calls, replaced on this session

  session._createRTCConnection = () => {
    // Ours, prepared while it rang; JsSIP's would hang up by itself when ICE stumbles.
    session._connection = media.open().peer;
  };
  session._setLocalMediaStatus = () => undefined;
  // Mute belongs to the agent alone; JsSIP would lift it when the far side resumes.
  session._toggleMuteAudio = () => undefined;
  const refresh = async () => {
    const done = ports.isLinkUp() ? await media.open().negotiation.offer({}) : failure('timeout');
    // RFC 4028 §10: half the interval is left to try again in.
    if (!done.ok && !ended) refreshTimer = setTimeout(() => void refresh(), refreshAgainMs);
  };
  session._sendReinvite = () => void refresh();
  askForLongerInterval(session, log);
  describeInTime(session, () => media.open().peer);
  const receive = session.receiveRequest.bind(session);
  session.receiveRequest = (request) => {
    const offers = request.method === 'INVITE' || (request.method === 'UPDATE' && request.body);
    // Glare: the dialog has already answered 491, JsSIP would process the offer all the same.
    if (offers && session._dialog?.uac_pending_reply === true) return;
    if (offers && request.body && !/^m=audio [1-9]/mu.test(request.body)) {
      // JsSIP never answers an offer without live audio.
      request.reply(488);
      return;
    }
    if (request.method === 'NOTIFY') {
      const isReferral = /^\s*refer\s*(;|$)/iu.test(request.getHeader('Event') ?? '');
      // Answered first: the last word of a transfer ends this dialog.
      if (!isReferral) request.reply(489);
      else if (!referral.awaitsNews()) request.reply(481);
      else {
        request.reply(200);
        referral.take(request);
      }
      return;
    }
    if (request.method === 'INVITE' || request.method === 'UPDATE') {
      const changed = changedParty(request.getHeader('P-Asserted-Identity') ?? '', remote);
      if (changed !== null) {
        remote = changed;
        signal({ kind: 'remote_changed', remote });
      }
    }
    receive(request);
  };

  // --- signalling

  session.on('progress', ({ originator, response }) => {
    if (originator === 'local') return;
    signal({ kind: 'remote_alerting', earlyMedia: Boolean(response?.body) });
  });
  session.on('accepted', () => {
    answered = true;
    signal({ kind: 'answered' });
    onAnswered?.();
  });
  session.on('confirmed', () => {
    media.expectPath();
    signal({ kind: 'confirmed' });
  });
  session.on('hold', ({ originator }) => {
    if (originator === 'remote') signal({ kind: 'held', by: 'remote' });
  });
  session.on('unhold', ({ originator }) => {
    if (originator === 'remote') signal({ kind: 'resumed', by: 'remote' });
  });
  session.on('failed', finish);
  session.on('ended', finish);

  const answer: Leg['answer'] = async () => {
    if (session.isEnded()) return failure('ended');
    const { peer, prepared } = media.open();
    await prepared;
    if (session.isEnded()) return failure('ended');
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        log.error('no answer was sent', { sdp: peer.signalingState, ice: peer.iceGatheringState });
        resolve(failure('failed'));
      }, answerWithinMs);
      onAnswered = () => {
        clearTimeout(timer);
        onAnswered = null;
        resolve(answered ? success(null) : failure('ended'));
      };
      if (ports.offer !== null) {
        // Already applied; JsSIP asks for it once more.
        Object.defineProperty(peer, 'setRemoteDescription', {
          configurable: true,
          value: () => {
            Reflect.deleteProperty(peer, 'setRemoteDescription');
            return Promise.resolve();
          },
        });
      }
      try {
        // The track is on the connection already, so the stream is empty.
        session.answer({
          mediaStream: new MediaStream(),
          mediaConstraints: { audio: true, video: false },
          sessionTimersExpires: sessionExpiresSeconds,
        });
      } catch (error) {
        log.error('answering failed', { error: textOf(error) });
        clearTimeout(timer);
        onAnswered = null;
        resolve(failure('failed'));
      }
    });
  };

  return {
    callKey: ports.callKey,
    remote: ports.remote,
    queue: ports.queue,
    isConsult: ports.isConsult,
    peer: media.peer,
    listen: (some) => {
      handlers = some;
    },
    useTrack: media.useTrack,
    answer,
    dial: (user, location = null) => {
      if (ended) return;
      session.connect(user, {
        mediaStream: new MediaStream(),
        mediaConstraints: { audio: true, video: false },
        sessionTimersExpires: sessionExpiresSeconds,
        extraHeaders: dialHeaders({ ...ports, location }),
      });
    },
    end: endAs,
    setHold: (hold) =>
      ports.isLinkUp()
        ? media.open().negotiation.offer({ direction: hold ? 'sendonly' : 'sendrecv' })
        : Promise.resolve(failure('timeout')),
    sendDigits: media.sendDigits,
    tellRecording: (on) =>
      answered && !ended && ports.isLinkUp()
        ? tellRecording(session, on)
        : Promise.resolve(failure('timeout')),
    dialog: () => {
      const id = session._dialog?.id;
      if (!answered || ended || id === undefined) return null;
      return { callId: id.call_id, localTag: id.local_tag, remoteTag: id.remote_tag };
    },
    refer: ({ user, replaces }, withinMs, on = {}) => {
      const { host } = session._ua.configuration.uri;
      const uri = `sip:${encodeURIComponent(user).replaceAll('%2B', '+')}@${host}`;
      return referral.ask({ uri, ...(replaces === undefined ? {} : { replaces }) }, withinMs, on);
    },
    joinedBy: (begun) => {
      beingJoined = true;
      void begun.then(({ ok }) => {
        beingJoined = ok;
        if (ok && !ended) letGoTimer = setTimeout(() => endAs('ended'), letGoWithinMs);
      });
    },
    linkProven: media.linkUp,
    linkDown: media.linkDown,
    moved: media.moved,
    prove: () => {
      if (ended || session.isEnded()) return;
      media.linkUp();
      const gone = (response: IncomingResponse) => {
        log.warn('the PBX no longer knows the call', { sipCode: response.status_code });
        endAs('unreachable');
      };
      session.sendRequest('OPTIONS', {
        extraHeaders: [`Contact: ${session.contact}`],
        eventHandlers: { onDialogError: gone },
      });
    },
  };
};
