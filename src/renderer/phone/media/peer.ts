import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';

const curve: EcKeyGenParams & { readonly name: 'ECDSA' } = { name: 'ECDSA', namedCurve: 'P-256' };

/**
 * Makes the connections that calls run over. The key pair is made once, ahead of the first call, and candidates are
 * gathered while it rings, so that neither costs time at the answer.
 */
export const createPeerFactory = (log: Logger): (() => RTCPeerConnection) => {
  let certificates: RTCCertificate[] = [];
  RTCPeerConnection.generateCertificate(curve).then(
    (certificate) => {
      certificates = [certificate];
    },
    (error: unknown) => log.warn('no certificate made ahead', { error: textOf(error) }),
  );
  // The first connection of a page starts the browser's media engine.
  setTimeout(() => new RTCPeerConnection().close(), 0);
  return () =>
    new RTCPeerConnection({
      certificates: certificates.filter(({ expires }) => expires > Date.now() + 86_400_000),
      iceCandidatePoolSize: 1,
    });
};
