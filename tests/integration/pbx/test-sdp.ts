/** An answer or offer that Asterisk accepts from a WebRTC phone; no media ever flows on it. */
export const webrtcSdp = (role: 'active' | 'actpass'): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE audio-0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 0 101',
    'c=IN IP4 127.0.0.1',
    'a=mid:audio-0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
    `a=setup:${role}`,
    'a=rtcp-mux',
    'a=sendrecv',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    '',
  ].join('\r\n');

/** Plain RTP on loopback, G.711 µ-law and RFC 4733 events. */
export const plainSdp = (
  rtpPort: number,
  direction: 'sendrecv' | 'sendonly',
  version: number,
): string =>
  [
    'v=0',
    `o=- 1 ${String(version)} IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${String(rtpPort)} RTP/AVP 0 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    `a=${direction}`,
    '',
  ].join('\r\n');

/** The answer of a phone that takes L16 at 16 kHz, by the payload type that the offer gave it. */
export const wideSdp = (
  rtpPort: number,
  direction: 'sendrecv' | 'sendonly',
  version: number,
  offer: string,
): string => {
  const payload = /a=rtpmap:([0-9]+) L16/.exec(offer)?.[1] ?? '118';
  return plainSdp(rtpPort, direction, version)
    .replace('RTP/AVP 0', `RTP/AVP ${payload}`)
    .replace('a=rtpmap:0 PCMU/8000', `a=rtpmap:${payload} L16/16000`);
};
