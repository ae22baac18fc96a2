import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Queryable } from '../../database/database.ts';
import type { ChainVerifier } from './chain-key.ts';
import type { ChainLine } from './chain-line.ts';
import { flawOfLine, readChainKeys, type ChainFlaw } from './verify-chain.ts';

const hex = Type.String({ pattern: '^[0-9a-f]*$' });

const exportSchema = Type.Object({
  how: Type.String(),
  exportedAt: Type.Integer(),
  /** The last line of the whole chain when this was exported. */
  head: Type.Object({ seq: Type.Integer(), hash: hex }),
  keys: Type.Array(Type.Object({ publicKey: Type.String() })),
  lines: Type.Array(
    Type.Object({
      seq: Type.Integer(),
      at: Type.Integer(),
      topic: Type.String(),
      contactId: Type.Union([Type.String(), Type.Null()]),
      body: Type.String(),
      prev: hex,
      hash: hex,
      signature: hex,
      keyId: Type.String(),
    }),
  ),
});

/** Lines of the chain, as whoever has to prove something is given them. */
export type ChainExport = Static<typeof exportSchema>;

const how = [
  'Each line is one fact; nothing of it was changed after "at" (epoch ms).',
  '"hash" is the SHA-256 of the JSON object {at, body, contactId, keyId, prev, seq, topic}, keys in this order,',
  'without spaces, "body" as the text that it is here. "signature" is Ed25519 (RFC 8032) over the 32 bytes of the hash,',
  'by the key of "keyId": the first 16 hexadecimal digits of the SHA-256 of the public key (SubjectPublicKeyInfo).',
  '"prev" is the hash of line seq - 1 of the whole chain, of which this is a part.',
].join(' ');

export const exportChain = async (
  database: Queryable,
  contactIds: readonly string[],
  exportedAt: number,
): Promise<ChainExport> => {
  const [head] = await database.query<{ readonly seq: number; readonly hash: Buffer }>(
    'SELECT seq, hash FROM chain_head',
  );
  const lines = await database.query<ChainLine>(
    `SELECT seq, at, topic, contact_id AS "contactId", body, prev, hash, signature, key_id AS "keyId"
     FROM chain_lines WHERE contact_id = ANY($1) ORDER BY seq`,
    [contactIds],
  );
  return {
    how,
    exportedAt,
    head: { seq: head?.seq ?? 0, hash: head?.hash.toString('hex') ?? '' },
    keys: (await readChainKeys(database)).map((publicKey) => ({ publicKey })),
    lines: lines.map(({ prev, hash, signature, ...line }) => ({
      ...line,
      prev: prev.toString('hex'),
      hash: hash.toString('hex'),
      signature: signature.toString('hex'),
    })),
  };
};

/** Reads an export; null: it is none. */
export const readExport = (text: string): ChainExport | null => {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(exportSchema, value) ? value : null;
  } catch {
    return null;
  }
};

/** Names every line of an export that is not as it was appended. Which lines it lacks cannot be told from it. */
export const verifyExport = (
  { lines }: ChainExport,
  keys: ReadonlyMap<string, ChainVerifier>,
): readonly ChainFlaw[] =>
  lines.flatMap(({ prev, hash, signature, ...line }) => {
    const what = flawOfLine(
      {
        ...line,
        prev: Buffer.from(prev, 'hex'),
        hash: Buffer.from(hash, 'hex'),
        signature: Buffer.from(signature, 'hex'),
      },
      keys,
    );
    return what === null ? [] : [{ seq: line.seq, what }];
  });
