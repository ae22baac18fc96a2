import type { IncomingResponse } from 'jssip';
import RequestSender from 'jssip/lib/RequestSender.js';
import type RTCSession from 'jssip/lib/RTCSession.js';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import { leastInterval } from './session-interval.ts';

const stableWithinMs = 4_000;
const stablePollMs = 20;
const gatherWithinMs = 500;
const maximumTries = 4;
/** A PBX that has one more offer of ours in hand is done with it by then. */
const inHandMs = 500;

export type NegotiationFailure = 'ended' | 'unstable' | 'refused' | 'no_dialog' | 'timeout';

export type Offer = {
  readonly direction?: RTCRtpTransceiverDirection;
  readonly iceRestart?: boolean;
};

export type Negotiation = {
  /** One at a time: a second offer waits for the first. */
  readonly offer: (offer: Offer) => Promise<Result<null, NegotiationFailure>>;
  /** Whatever was sent is lost: it is not waited for (32 s, RFC 3261 §17.1.1.2). */
  readonly abandon: () => void;
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** RFC 3261 §14.1: whoever owns the Call-ID (the caller) waits longer, so that two who collided part. */
const glareWaitMs = (weAreCaller: boolean, random: () => number): number =>
  weAreCaller ? 2_100 + random() * 1_900 : random() * 2_000;

const audioTransceiver = (peer: RTCPeerConnection): RTCRtpTransceiver | undefined =>
  peer.getTransceivers().find((one) => one.receiver.track.kind === 'audio');

/**
 * Offers of ours inside a call (hold, resume, session refresh, ICE restart) by re-INVITE. JsSIP's own way ends the call
 * when one of them fails and repeats a refused one with a stale CSeq; here a failure leaves the call as it was.
 */
export const createNegotiation = (
  session: RTCSession,
  peer: RTCPeerConnection,
  ports: {
    readonly onDialogGone: () => void;
    /** The connection is closed: a browser never answers what it was asked for before. */
    readonly closed: Promise<void>;
    readonly renewRelay: (peer: RTCPeerConnection) => void;
    readonly random: () => number;
    readonly log: Logger;
  },
): Negotiation => {
  let last: Promise<unknown> = Promise.resolve();
  let leastSeconds: number | null = null;
  let abandon: (() => void) | null = null;
  /** Of offers that nobody answered: a PBX that took one waits for its ACK and, meanwhile, takes no other. */
  let unanswered: readonly number[] = [];
  const ended = ports.closed.then(() => failure('ended' as const));

  const acknowledge = (dialog: RTCSession.Dialog, sequence: number) => {
    unanswered = unanswered.filter((one) => one !== sequence);
    dialog._outgoing_ack_seqnum = sequence;
    dialog.sendRequest('ACK');
  };

  const sendInvite = (dialog: RTCSession.Dialog, sdp: string) =>
    new Promise<IncomingResponse | null>((resolve) => {
      let sequence = 0;
      const giveUp = () => {
        if (abandon === giveUp) abandon = null;
        unanswered = [...unanswered, sequence];
        resolve(null);
      };
      abandon = giveUp;
      const timers = session._sessionTimers;
      const headers = [`Contact: ${session.contact}`, 'Content-Type: application/sdp'];
      if (timers.running && timers.currentExpires !== null) {
        const refresher = timers.refresher ? 'uac' : 'uas';
        headers.push(`Session-Expires: ${timers.currentExpires};refresher=${refresher}`);
      }
      if (leastSeconds !== null) headers.push(`Min-SE: ${leastSeconds}`);
      const request = dialog._createRequest('INVITE', headers, sdp);
      sequence = dialog.local_seqnum;
      new RequestSender(session._ua, request, {
        onAuthenticated: () => {
          dialog.local_seqnum += 1;
          sequence = dialog.local_seqnum;
        },
        onReceiveResponse: (response) => {
          if (response.status_code < 200) return;
          if (abandon === giveUp) abandon = null;
          // Also for a repeated 2xx (RFC 3261 §13.2.2.4), and for one that crossed a BYE.
          if (response.status_code < 300) acknowledge(dialog, sequence);
          resolve(response);
        },
        onRequestTimeout: giveUp,
        onTransportError: giveUp,
      }).send();
    });

  const stableDialog = async (): Promise<RTCSession.Dialog | null> => {
    const until = performance.now() + stableWithinMs;
    while (performance.now() < until && !session.isEnded()) {
      const dialog = session._dialog;
      if (dialog && peer.signalingState === 'stable' && !dialog.uas_pending_reply) return dialog;
      await pause(stablePollMs);
    }
    return null;
  };

  /** null: this machine has no address to be reached at. */
  const localOffer = async ({ iceRestart = false }: Offer): Promise<string | null> => {
    // Asked for before gathering begins anew: until then its state is that of the gathering before.
    const candidate = new Promise((resolve) => {
      if (iceRestart) peer.addEventListener('icecandidate', resolve, { once: true });
    });
    if (iceRestart) ports.renewRelay(peer);
    await peer.setLocalDescription(await peer.createOffer({ iceRestart }));
    if (iceRestart) await Promise.race([candidate, pause(gatherWithinMs)]);
    const sdp = peer.localDescription?.sdp ?? '';
    // Asterisk takes an offer without candidates for one without ICE, and answers so; the browser cannot go on with that.
    return /^a=candidate:/mu.test(sdp) ? sdp : null;
  };

  const undo = async (transceiver?: RTCRtpTransceiver, direction?: RTCRtpTransceiverDirection) => {
    if (session.isEnded()) return;
    if (peer.signalingState === 'have-local-offer') {
      await peer.setLocalDescription({ type: 'rollback' });
    }
    if (transceiver && direction) transceiver.direction = direction;
  };

  const attempt = async (
    offer: Offer,
    tries: number,
  ): Promise<Result<null, NegotiationFailure>> => {
    const dialog = await stableDialog();
    if (dialog === null) return failure(session.isEnded() ? 'ended' : 'unstable');
    const transceiver = audioTransceiver(peer);
    const before = transceiver?.direction;
    let response: IncomingResponse | null;
    let wasInHand = false;
    // From here on the far side's offers are answered 491.
    dialog.uac_pending_reply = true;
    try {
      if (transceiver && offer.direction) transceiver.direction = offer.direction;
      const sdp = await localOffer(offer);
      wasInHand = unanswered.length > 0;
      for (const sequence of unanswered) acknowledge(dialog, sequence);
      response = sdp === null ? null : await sendInvite(dialog, sdp);
      if (session.isEnded()) return failure('ended');
      if (response !== null && response.status_code < 300) {
        session._handleSessionTimersInIncomingResponse(response);
        await peer.setRemoteDescription({ type: 'answer', sdp: response.body ?? '' });
        return success(null);
      }
      await undo(transceiver, before);
    } catch (error) {
      await undo(transceiver, before);
      throw error;
    } finally {
      dialog.uac_pending_reply = false;
    }
    if (response === null) return failure('timeout');
    if (response.status_code === 481) {
      ports.onDialogGone();
      return failure('no_dialog');
    }
    const least = leastInterval(response);
    if (least !== null && tries > 1) {
      leastSeconds = least;
      session._sessionTimers.currentExpires = least;
      return attempt(offer, tries - 1);
    }
    if (response.status_code === 500 && wasInHand && tries > 1) {
      await pause(inHandMs);
      return attempt(offer, tries - 1);
    }
    if (response.status_code !== 491 || tries <= 1) return failure('refused');
    await pause(glareWaitMs(session.direction === 'outgoing', ports.random));
    return attempt(offer, tries - 1);
  };

  return {
    abandon: () => abandon?.(),
    offer: (offer) => {
      const turn = last.then(() => Promise.race([attempt(offer, maximumTries), ended]));
      last = turn.catch((error: unknown) => {
        if (!session.isEnded()) ports.log.warn('negotiation failed', { error: textOf(error) });
      });
      return turn.catch(() => failure(session.isEnded() ? 'ended' : 'refused'));
    },
  };
};
