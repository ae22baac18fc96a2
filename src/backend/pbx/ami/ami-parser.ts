import { StringDecoder } from 'node:string_decoder';
import { amiMessage } from './ami-message.ts';
import type { AmiMessage } from './ami-message.ts';

const BANNER = /^Asterisk Call Manager\/([\w.]+)$/;

/** Longer lines are cut, and the rest of them is thrown away. */
const MAX_LINE_LENGTH = 16_384;
/** Further headers of the same message are thrown away. */
const MAX_FIELDS = 2_000;

export type AmiParser = {
  /** The complete messages that this chunk finished. */
  readonly push: (chunk: Uint8Array) => readonly AmiMessage[];
  /** The protocol version of the greeting, once it was seen. */
  readonly protocol: () => string | null;
};

/**
 * Splits the byte stream into messages: `Name: value` lines ended by CRLF, messages ended by an empty line. A lone CR or
 * LF belongs to the value, so a caller's name can start neither a header nor a message. Lines without a colon are
 * dropped. Memory stays bounded whatever the peer sends.
 */
export const createAmiParser = (): AmiParser => {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let pairs: [string, string][] = [];
  let protocol: string | null = null;

  const takeLine = (text: string): AmiMessage | null => {
    if (text === '') {
      if (pairs.length === 0) return null;
      const message = amiMessage(pairs);
      pairs = [];
      return message;
    }
    const banner = protocol === null ? BANNER.exec(text) : null;
    if (banner !== null) {
      protocol = banner[1] ?? '';
      return null;
    }
    const colon = text.indexOf(':');
    if (colon > 0 && pairs.length < MAX_FIELDS) {
      pairs.push([text.slice(0, colon).trim(), text.slice(colon + 1).trim()]);
    }
    return null;
  };

  /** Keeps a trailing CR in sight: it may be half of the line's end. */
  const grow = (text: string): void => {
    const endsWithCr = text.endsWith('\r') || (text === '' && line.endsWith('\r'));
    const room = MAX_LINE_LENGTH - line.length;
    if (text.length <= room) line += text;
    else
      line = `${(line + text.slice(0, Math.max(room, 0))).slice(0, MAX_LINE_LENGTH - 1)}${endsWithCr ? '\r' : ' '}`;
  };

  const push = (chunk: Uint8Array): readonly AmiMessage[] => {
    const messages: AmiMessage[] = [];
    const pieces = decoder.write(chunk).split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      grow(piece);
      if (!line.endsWith('\r')) {
        grow('\n');
        continue;
      }
      const message = takeLine(line.slice(0, -1));
      line = '';
      if (message !== null) messages.push(message);
    }
    grow(last);
    return messages;
  };

  return { push, protocol: () => protocol };
};
