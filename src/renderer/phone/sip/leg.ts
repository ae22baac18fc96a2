import type { IncomingRequest, IncomingResponse } from 'jssip';
import type RTCSession from 'jssip/lib/RTCSession.js';
import type { CallEnd, RemoteParty } from '../../../shared/domain/call/call.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { OwnDeed } from './end-reason.ts';
import { endOf } from './end-reason.ts';
import { callHeader, headerValue } from './headers.ts';
import type { Negotiation, NegotiationFailure } from './negotiation.ts';
import { createNegotiation } from './negotiation.ts';

const sessionExpiresSeconds = 1_800;
const answerWithinMs = 10_000;
/** Audio that was gone this long without the signalling coming back is over. */
const mediaLostMs = 30_000;
const refreshAgainMs = 10_000;
const digitMs = 120;
const digitGapMs = 80;

/** What happens to a leg, in the domain's words; whoever listens stamps it. */
export type LegSignal =
  | { readonly kind: 'remote_alerting'; readonly earlyMedia: boolean }
  | { readonly kind: 'answered' }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'held' | 'resumed'; readonly by: 'remote' }
  | { readonly kind: 'ended'; readonly end: CallEnd };

export type LegHandlers = {
  readonly signal: (signal: LegSignal) => void;
  readonly remoteTrack: (track: MediaStreamTrack) => void;
};

/** One SIP dialog with its audio. */
export type Leg = {
  readonly callKey: string;
  readonly remote: RemoteParty;
  readonly queue: string | null;
  /** null until audio was first asked for. */
  readonly peer: () => RTCPeerConnection | null;
  readonly listen: (handlers: LegHandlers) => void;
  /** Attaches the microphone. Before the answer nothing can be sent: there are no keys yet. */
  readonly useTrack: (track: MediaStreamTrack | null) => Promise<void>;
  readonly answer: () => Promise<Result<null, 'ended' | 'failed'>>;
  /** Outbound: sends the INVITE to this user at our PBX. */
  readonly dial: (user: string) => void;
  readonly end: (deed: OwnDeed) => void;
  readonly setHold: (hold: boolean) => Promise<Result<null, NegotiationFailure>>;
  readonly sendDigits: (digits: string) => boolean;
  /** Asks the PBX whether it still knows this call, and tells it where we are now. */
  readonly prove: () => void;
};

/**
 * How this phone says no. 480 with cause 21 "call rejected" (RFC 6432) refuses for this phone alone: a queue or a forking
 * proxy goes on to the next agent, where 603 would speak for all of them (RFC 3261 §21.6.2).
 */
const refusals: Readonly<Record<OwnDeed, { code: number; cause: number; text: string }>> = {
  rejected: { code: 480, cause: 21, text: 'Call rejected' },
  ended: { code: 480, cause: 21, text: 'Call rejected' },
  busy: { code: 486, cause: 17, text: 'User busy' },
  media_failed: { code: 488, cause: 58, text: 'Bearer capability not available' },
  unreachable: { code: 480, cause: 41, text: 'Temporary failure' },
};

const isResponse = (message: IncomingRequest | IncomingResponse): message is IncomingResponse =>
  'status_code' in message && typeof message.status_code === 'number';

/** A candidate that a PBX can use without more help: UDP, on this host or as a server saw it. */
const isUsable = (candidate: RTCIceCandidate): boolean =>
  candidate.protocol === 'udp' && candidate.type !== 'relay' && candidate.candidate !== '';

export type LegPorts = {
  readonly session: RTCSession;
  readonly direction: 'inbound' | 'outbound';
  readonly createPeer: () => RTCPeerConnection;
  readonly callKey: string;
  readonly remote: RemoteParty;
  readonly queue: string | null;
  /** The INVITE's SDP, inbound; null when it carried none. */
  readonly offer: string | null;
  readonly isLinkUp: () => boolean;
  readonly onEnded: () => void;
  readonly random: () => number;
  readonly log: Logger;
};

type Media = {
  readonly peer: RTCPeerConnection;
  readonly negotiation: Negotiation;
  /** The INVITE's offer is applied. */
  readonly prepared: Promise<void>;
};

export const createLeg = (ports: LegPorts): Leg => {
  const { session, log } = ports;
  const { direction } = ports;
  let handlers: LegHandlers | null = null;
  let media: Media | null = null;
  let deed: OwnDeed | null = null;
  let answered = false;
  let ended = false;
  let everConnected = false;
  let lostTimer: ReturnType<typeof setTimeout> | undefined;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  let onAnswered: (() => void) | null = null;

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
    clearTimeout(lostTimer);
    clearTimeout(refreshTimer);
    const { message } = end;
    const reasons = message?.getHeaders('Reason') ?? [];
    const sipCode = message !== null && isResponse(message) ? message.status_code : null;
    log.info('call ended', { cause: end.cause, by: end.originator, sipCode, deed, answered });
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
    });
    if (media !== null) {
      media.peer.onconnectionstatechange = media.peer.ontrack = null;
      media.peer.close();
    }
    session.removeAllListeners();
    onAnswered?.();
    handlers = null;
    ports.onEnded();
  };

  const endAs = (why: OwnDeed) => {
    if (ended || session.isEnded()) return;
    deed ??= why;
    const refusal = refusals[deed];
    const reason = `Reason: Q.850;cause=${refusal.cause};text="${refusal.text}"`;
    try {
      if (direction === 'inbound' && !answered) {
        session.terminate({ status_code: refusal.code, extraHeaders: [reason] });
      } else if (why === 'ended') session.terminate();
      else session.terminate({ extraHeaders: [reason] });
    } catch (error) {
      log.error('ending failed', { error: textOf(error) });
      finish({ originator: 'local', message: null, cause: 'Internal Error' });
    }
  };

  // --- JsSIP's habits that cost calls, replaced on this session

  session._createRTCConnection = () => {
    // Ours, prepared while it rang; JsSIP's would hang up by itself when ICE stumbles.
    session._connection = openMedia().peer;
  };
  session._setLocalMediaStatus = () => undefined;
  // Mute belongs to the agent alone; JsSIP would lift it when the far side resumes.
  session._toggleMuteAudio = () => undefined;
  const refresh = async () => {
    const done = ports.isLinkUp() ? await openMedia().negotiation.offer({}) : failure('timeout');
    // RFC 4028 §10: half the interval is left to try again in.
    if (!done.ok && !ended) refreshTimer = setTimeout(() => void refresh(), refreshAgainMs);
  };
  session._sendReinvite = () => void refresh();
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
    receive(request);
  };

  // --- audio

  const loseMedia = () => {
    lostTimer ??= setTimeout(() => {
      log.warn('no audio path', { everConnected, linkUp: ports.isLinkUp() });
      endAs(everConnected ? 'unreachable' : 'media_failed');
    }, mediaLostMs);
  };
  const onPath = ({ peer, negotiation }: Pick<Media, 'peer' | 'negotiation'>) => {
    const state = peer.connectionState;
    log.info('audio path', { state });
    if (state === 'connected') {
      everConnected = true;
      clearTimeout(lostTimer);
      lostTimer = undefined;
    }
    if (state !== 'disconnected' && state !== 'failed') return;
    loseMedia();
    // A path that only stumbled heals by itself; a failed one never does.
    if (state === 'failed' && answered && ports.isLinkUp()) {
      void negotiation.offer({ iceRestart: true });
    }
  };

  /**
   * The connection, made when it is first needed: making it takes the processor for some 10 ms, and when a call rings
   * the caller's record goes to the screen first.
   */
  const openMedia = (): Media => {
    if (media !== null) return media;
    const peer = ports.createPeer();
    const negotiation = createNegotiation(session, peer, {
      onDialogGone: () => endAs('unreachable'),
      random: ports.random,
      log,
    });
    peer.onconnectionstatechange = () => onPath({ peer, negotiation });
    peer.ontrack = ({ track }) => handlers?.remoteTrack(track);
    const prepared: Promise<void> =
      ports.offer === null
        ? Promise.resolve()
        : peer.setRemoteDescription({ type: 'offer', sdp: ports.offer });
    prepared.catch((error: unknown) => {
      log.warn('offer refused', { error: textOf(error) });
      endAs('media_failed');
    });
    media = { peer, negotiation, prepared };
    return media;
  };

  let audio: RTCRtpSender | null = null;
  const useTrack: Leg['useTrack'] = async (track) => {
    if (ended) return;
    const { peer, prepared } = openMedia();
    await prepared;
    // It may have ended meanwhile, which the compiler cannot see.
    if (session.isEnded()) return;
    if (audio === null && track !== null) audio = peer.addTrack(track, new MediaStream([track]));
    else await audio?.replaceTrack(track);
  };

  // --- signalling

  session.on('icecandidate', ({ candidate, ready }) => {
    if (isUsable(candidate)) ready();
  });
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
    if (media?.peer.connectionState !== 'connected') loseMedia();
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
    const { peer, prepared } = openMedia();
    await prepared;
    if (session.isEnded()) return failure('ended');
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(failure('failed')), answerWithinMs);
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
    peer: () => media?.peer ?? null,
    listen: (some) => {
      handlers = some;
    },
    useTrack,
    answer,
    dial: (user) => {
      if (ended) return;
      session.connect(user, {
        mediaStream: new MediaStream(),
        mediaConstraints: { audio: true, video: false },
        sessionTimersExpires: sessionExpiresSeconds,
        extraHeaders: [`${callHeader}: ${headerValue(ports.callKey)}`],
      });
    },
    end: endAs,
    setHold: (hold) =>
      ports.isLinkUp()
        ? openMedia().negotiation.offer({ direction: hold ? 'sendonly' : 'sendrecv' })
        : Promise.resolve(failure('timeout')),
    sendDigits: (digits) => {
      const sender = audio?.dtmf;
      if (!sender?.canInsertDTMF) return false;
      sender.insertDTMF(sender.toneBuffer + digits, digitMs, digitGapMs);
      return true;
    },
    prove: () => {
      if (ended || session.isEnded()) return;
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
