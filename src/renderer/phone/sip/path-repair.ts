import type { Result } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import type { NegotiationFailure } from './negotiation.ts';

/** One restart is not always enough: the far side may have moved as well. */
const againMs = 4_000;

export type PathRepair = {
  /** The connection tells of its path (RTCPeerConnection.connectionState). */
  readonly changed: (state: RTCPeerConnectionState) => void;
  /** This machine may have other addresses now: the path is sought anew before it is missed. */
  readonly moved: () => void;
  /** Offers can be sent again. */
  readonly linkUp: () => void;
  readonly close: () => void;
};

/**
 * Finds the audio another way when the one it had is gone (ICE restart, RFC 8445 §9): as soon as the path stumbles, since
 * the browser notices after some six seconds only, and again while there is none.
 */
export const createPathRepair = (ports: {
  readonly isLinkUp: () => boolean;
  readonly isAnswered: () => boolean;
  readonly restart: () => Promise<Result<null, NegotiationFailure>>;
  readonly log: Logger;
}): PathRepair => {
  let broken = false;
  let moved = false;
  let seeking = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const seek = async (): Promise<void> => {
    clearTimeout(timer);
    if (closed || seeking || (!broken && !moved)) return;
    if (!ports.isAnswered() || !ports.isLinkUp()) return;
    ports.log.info('another audio path is sought', { broken, moved });
    seeking = true;
    moved = false;
    const restarted = await ports.restart();
    seeking = false;
    // Not heard: it may be that the offer left by an address that is no longer ours.
    if (!restarted.ok && restarted.why === 'timeout') moved = true;
    timer = setTimeout(() => void seek(), againMs);
  };

  return {
    changed: (state) => {
      broken = state === 'disconnected' || state === 'failed';
      void seek();
    },
    moved: () => {
      moved = true;
      void seek();
    },
    linkUp: () => void seek(),
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
