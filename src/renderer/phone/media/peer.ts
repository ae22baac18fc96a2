import type { Relay } from '../../../shared/api/routes.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';

const gatherWithinMs = 500;
const curve: EcKeyGenParams & { readonly name: 'ECDSA' } = { name: 'ECDSA', namedCurve: 'P-256' };

export type PeerFactory = {
  readonly createPeer: () => RTCPeerConnection;
  /** Before another path is sought: a long call's account of the relay may have run out. */
  readonly renewRelay: (peer: RTCPeerConnection) => void;
  /**
   * Whether the browser knows an address that sound can come to. After a change of network it takes two seconds to learn
   * of the new one, and offers only those that are gone until then.
   */
  readonly findsAddress: () => Promise<boolean>;
};

/**
 * Makes the connections that calls run over. The key pair is made once, ahead of the first call, and candidates are
 * gathered while it rings, so that neither costs time at the answer.
 */
export const createPeerFactory = (
  log: Logger,
  /** As it may be used now; undefined: there is none. */
  relay: () => Relay | undefined,
): PeerFactory => {
  let certificates: RTCCertificate[] = [];
  RTCPeerConnection.generateCertificate(curve).then(
    (certificate) => {
      certificates = [certificate];
    },
    (error: unknown) => log.warn('no certificate made ahead', { error: textOf(error) }),
  );
  // The first connection of a page starts the browser's media engine.
  setTimeout(() => new RTCPeerConnection().close(), 0);
  const iceServers = (): RTCIceServer[] => {
    const here = relay();
    if (here === undefined) return [];
    const { urls, username, credential } = here;
    return [{ urls: [...urls], username, credential }];
  };
  return {
    createPeer: () =>
      new RTCPeerConnection({
        certificates: certificates.filter(({ expires }) => expires > Date.now() + 86_400_000),
        iceCandidatePoolSize: 1,
        iceServers: iceServers(),
      }),
    findsAddress: async () => {
      let scout: RTCPeerConnection | null = null;
      try {
        scout = new RTCPeerConnection();
        const found = new Promise<boolean>((resolve) => {
          scout?.addEventListener('icecandidate', ({ candidate }) => {
            if (candidate === null) resolve(false);
            else if (candidate.protocol === 'udp') resolve(true);
          });
          setTimeout(() => resolve(false), gatherWithinMs);
        });
        scout.createDataChannel('');
        await scout.setLocalDescription();
        return await found;
      } catch (error) {
        log.warn('no address could be looked for', { error: textOf(error) });
        return true;
      } finally {
        scout?.close();
      }
    },
    renewRelay: (peer) => {
      const servers = iceServers();
      if (servers.length === 0) return;
      peer.setConfiguration({ ...peer.getConfiguration(), iceServers: servers });
    },
  };
};
