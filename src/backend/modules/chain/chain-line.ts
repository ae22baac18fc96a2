import { createHash } from 'node:crypto';
import { canonicalJson } from '../../canonical-json.ts';

/** A line as it is kept. */
export type ChainLine = {
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  readonly topic: string;
  readonly contactId: string | null;
  /** Canonical JSON. */
  readonly body: string;
  readonly prev: Buffer;
  readonly hash: Buffer;
  readonly signature: Buffer;
  readonly keyId: string;
};

export type UnsignedLine = Omit<ChainLine, 'hash' | 'signature'>;

/** What stands before the first line. */
export const chainStart: Buffer = Buffer.alloc(32);

/** SHA-256 over the line as canonical JSON (keys in order, no spaces; RFC 8785 for what stands in here). */
export const hashOfLine = (line: UnsignedLine): Buffer =>
  createHash('sha256')
    .update(
      canonicalJson({
        seq: line.seq,
        at: line.at,
        topic: line.topic,
        contactId: line.contactId,
        body: line.body,
        prev: line.prev.toString('hex'),
        keyId: line.keyId,
      }),
    )
    .digest();
