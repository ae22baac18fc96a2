import type RTCSession from 'jssip/lib/RTCSession.js';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { PeerFactory } from '../media/peer.ts';
import type { Negotiation } from './negotiation.ts';
import { createNegotiation } from './negotiation.ts';
import { createPathRepair } from './path-repair.ts';

/** Audio that was gone this long without the signalling coming back is over. */
const mediaLostMs = 30_000;
const digitMs = 120;
const digitGapMs = 80;

type Media = {
  readonly peer: RTCPeerConnection;
  readonly negotiation: Negotiation;
  /** The INVITE's offer is applied. */
  readonly prepared: Promise<void>;
};

export type LegMedia = {
  /**
   * The connection, made when it is first needed: making it takes the processor for some 10 ms, and when a call rings
   * the caller's record goes to the screen first.
   */
  readonly open: () => Media;
  /** null until audio was first asked for. */
  readonly peer: () => RTCPeerConnection | null;
  readonly useTrack: (track: MediaStreamTrack | null) => Promise<void>;
  readonly sendDigits: (digits: string) => boolean;
  /** From now on audio is due. */
  readonly expectPath: () => void;
  /** This machine may have other addresses now. */
  readonly moved: () => void;
  readonly linkUp: () => void;
  /** What was offered is not answered any more. */
  readonly linkDown: () => void;
  readonly close: () => void;
};

/** The audio of one leg: its connection, what is sent over it, and whether it stands. */
export const createLegMedia = (
  session: RTCSession,
  ports: {
    /** The INVITE's SDP, inbound; null when it carried none. */
    readonly offer: string | null;
    readonly isLinkUp: () => boolean;
    readonly isLinkTrusted: () => boolean;
    readonly isAnswered: () => boolean;
    readonly onTrack: (track: MediaStreamTrack) => void;
    /** An audio path that stood carries nothing, or stands again. */
    readonly onPath: (stands: boolean) => void;
    readonly onLost: (why: 'media_failed' | 'unreachable') => void;
    readonly onDialogGone: () => void;
    readonly random: () => number;
    readonly log: Logger;
  } & PeerFactory,
): LegMedia => {
  const { log } = ports;
  let media: Media | null = null;
  let audio: RTCRtpSender | null = null;
  let everConnected = false;
  let lostTimer: ReturnType<typeof setTimeout> | undefined;
  let over = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    over = resolve;
  });

  const repair = createPathRepair({
    isLinkUp: ports.isLinkTrusted,
    isAnswered: ports.isAnswered,
    findsAddress: ports.findsAddress,
    restart: () => open().negotiation.offer({ iceRestart: true }),
    log,
  });

  const lose = () => {
    lostTimer ??= setTimeout(() => {
      log.warn('no audio path', { everConnected, linkUp: ports.isLinkUp() });
      ports.onLost(everConnected ? 'unreachable' : 'media_failed');
    }, mediaLostMs);
  };

  const onPath = (state: RTCPeerConnectionState) => {
    log.info('audio path', { state });
    if (state === 'connected') {
      everConnected = true;
      clearTimeout(lostTimer);
      lostTimer = undefined;
    }
    if (state === 'disconnected' || state === 'failed') lose();
    if (everConnected && state !== 'connecting') ports.onPath(state === 'connected');
    repair.changed(state);
  };

  const open = (): Media => {
    if (media !== null) return media;
    const peer = ports.createPeer();
    const negotiation = createNegotiation(session, peer, { ...ports, closed });
    peer.onconnectionstatechange = () => onPath(peer.connectionState);
    peer.ontrack = ({ track }) => ports.onTrack(track);
    const prepared: Promise<void> =
      ports.offer === null
        ? Promise.resolve()
        : Promise.race([peer.setRemoteDescription({ type: 'offer', sdp: ports.offer }), closed]);
    prepared.catch((error: unknown) => {
      log.warn('offer refused', { error: textOf(error) });
      ports.onLost('media_failed');
    });
    media = { peer, negotiation, prepared };
    // JsSIP closes it before it tells that the call is over, and that takes milliseconds: ours is the close that counts.
    Object.defineProperty(peer, 'close', { configurable: true, value: () => undefined });
    return media;
  };

  return {
    open,
    peer: () => media?.peer ?? null,
    useTrack: async (track) => {
      if (session.isEnded()) return;
      const { peer, prepared } = open();
      await prepared;
      // It may have ended meanwhile.
      if (session.isEnded()) return;
      if (audio === null && track !== null) audio = peer.addTrack(track, new MediaStream([track]));
      else await audio?.replaceTrack(track);
    },
    sendDigits: (digits) => {
      const sender = audio?.dtmf;
      if (!sender?.canInsertDTMF) return false;
      sender.insertDTMF(sender.toneBuffer + digits, digitMs, digitGapMs);
      return true;
    },
    expectPath: () => {
      if (media?.peer.connectionState !== 'connected') lose();
    },
    moved: repair.moved,
    linkUp: repair.linkUp,
    linkDown: () => media?.negotiation.abandon(),
    close: () => {
      clearTimeout(lostTimer);
      repair.close();
      if (media === null) return;
      over();
      media.peer.onconnectionstatechange = media.peer.ontrack = null;
      Reflect.deleteProperty(media.peer, 'close');
      media.peer.close();
    },
  };
};
