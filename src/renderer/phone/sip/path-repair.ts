import type { Result } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import type { NegotiationFailure } from './negotiation.ts';

/** One restart is not always enough: the far side may have moved as well. */
const againMs = 4_000;
const lookForAddressMs = 250;
/**
 * A path that only stumbled heals by itself once the network is back. An offer at that instant would have the PBX wait for
 * the other path while the browser goes on with this one.
 */
const healsWithinMs = 1_000;

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
  /** An offer without an address to be reached at is worth nothing. */
  readonly findsAddress: () => Promise<boolean>;
  readonly restart: () => Promise<Result<null, NegotiationFailure>>;
  readonly log: Logger;
}): PathRepair => {
  let broken = false;
  let moved = false;
  let seeking = false;
  /** The link came back, or an address changed, while an offer was on its way. */
  let again = false;
  let closed = false;
  /** When the last offer was settled: the browser takes a moment to say that it has found something. */
  let restartedAt = Number.NEGATIVE_INFINITY;
  let stumbles = false;
  let linkSince = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const seek = async (): Promise<void> => {
    clearTimeout(timer);
    if (closed || seeking || (!broken && !moved)) return;
    if (!ports.isAnswered() || !ports.isLinkUp()) return;
    const healsUntil = linkSince + healsWithinMs;
    if (stumbles && !moved && performance.now() < healsUntil) {
      later(healsUntil - performance.now());
      return;
    }
    seeking = true;
    again = false;
    const isReachable = await ports.findsAddress();
    // The link may have gone meanwhile.
    if (isReachable && ports.isLinkUp()) await restart();
    seeking = false;
    if (isOverdue()) later(0);
    else later(isReachable ? againMs : lookForAddressMs);
  };

  const isOverdue = () => again && moved;

  const later = (ms: number) => {
    if (!closed) timer = setTimeout(() => void seek(), ms);
  };

  const restart = async (): Promise<void> => {
    ports.log.info('another audio path is sought', { broken, moved });
    moved = false;
    const restarted = await ports.restart();
    if (restarted.ok) restartedAt = performance.now();
    // Not heard: it may be that the offer left by an address that is no longer ours.
    if (!restarted.ok && restarted.why === 'timeout') moved = true;
  };

  return {
    changed: (state) => {
      stumbles = state === 'disconnected';
      broken = stumbles || state === 'failed';
      if (performance.now() - restartedAt > againMs) void seek();
    },
    moved: () => {
      moved = again = true;
      void seek();
    },
    linkUp: () => {
      linkSince = performance.now();
      again = true;
      void seek();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
