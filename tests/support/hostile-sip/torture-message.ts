/** One message of RFC 4475. Its lines end with LF here and are sent with CRLF. */
export type TortureMessage = {
  readonly section: string;
  readonly name: string;
  readonly text: string;
};

/** The body that most of them carry. */
export const audioAndVideo = [
  'v=0',
  'o=mhandley 29739 7272939 IN IP4 192.0.2.1',
  's=-',
  'c=IN IP4 192.0.2.1',
  't=0 0',
  'm=audio 49217 RTP/AVP 0 12',
  'm=video 3227 RTP/AVP 31',
  'a=rtpmap:31 LPC',
  '',
].join('\n');
