import type RTCSession from 'jssip/lib/RTCSession.js';

const lookEveryMs = 250;

/** A candidate that a PBX can use without more help: UDP, on this host or as a server saw it. */
const isUsable = (candidate: RTCIceCandidate): boolean =>
  candidate.protocol === 'udp' && candidate.type !== 'relay' && candidate.candidate !== '';

/** The same of a description (RFC 8839 §5.1). */
const hasUsable = (sdp: string): boolean =>
  /^a=candidate:\S+ 1 udp \S+ \S+ \d+ typ (?!relay)/imu.test(sdp);

/**
 * Has offers and answers go out with the first address that can be used, where JsSIP waits for the last. What was
 * gathered while it rang may be told before JsSIP listens, with nothing to come for seconds: so the description itself is
 * looked at as well.
 */
export const describeInTime = (session: RTCSession, peer: () => RTCPeerConnection): void => {
  session.on('icecandidate', ({ candidate, ready }) => {
    if (isUsable(candidate)) ready();
  });
  const describe = session._createLocalDescription.bind(session);
  session._createLocalDescription = (type, constraints) => {
    const look = setInterval(() => {
      if (session.isEnded()) clearInterval(look);
      else if (hasUsable(peer().localDescription?.sdp ?? '')) {
        // What the browser says when it has told of every candidate.
        peer().dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate: null }));
      }
    }, lookEveryMs);
    return describe(type, constraints).finally(() => clearInterval(look));
  };
};
