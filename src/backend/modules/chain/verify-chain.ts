import type { Queryable } from '../../database/database.ts';
import type { ChainHead } from './chain.ts';
import { chainVerifierOf, type ChainVerifier } from './chain-key.ts';
import { chainStart, hashOfLine, type ChainLine } from './chain-line.ts';

export type ChainFlaw = {
  readonly seq: number;
  readonly what:
    /** The line is not what was signed: its content, or its hash, was altered. */
    | 'altered'
    /** Its hash fits, but nobody with a known key signed it. */
    | 'signature'
    /** It was signed by a key that is not at hand. */
    | 'unknown_key'
    /** It does not follow the line before. */
    | 'order'
    /** It is missing, and those after it are there. */
    | 'missing'
    /** It is missing, and so is everything after it. */
    | 'end_missing';
};

export type ChainReport = {
  readonly lines: number;
  /** null: the chain is empty. */
  readonly head: ChainHead | null;
  readonly flaws: readonly ChainFlaw[];
  /** There are more flaws than are listed. */
  readonly hasMore: boolean;
};

const linesAtOnce = 2_000;
const flawsListed = 50;

const columns = `seq, at, topic, contact_id AS "contactId", body, prev, hash, signature, key_id AS "keyId"`;

const readLines = (database: Queryable, after: number): Promise<readonly ChainLine[]> =>
  database.query<ChainLine>(
    `SELECT ${columns} FROM chain_lines WHERE seq > $1 ORDER BY seq LIMIT ${String(linesAtOnce)}`,
    [after],
  );

/** What is wrong with a line by itself. */
export const flawOfLine = (
  line: ChainLine,
  keys: ReadonlyMap<string, ChainVerifier>,
): ChainFlaw['what'] | null => {
  if (!hashOfLine(line).equals(line.hash)) return 'altered';
  const key = keys.get(line.keyId);
  if (key === undefined) return 'unknown_key';
  return key.isSignatureOf(line.hash, line.signature) ? null : 'signature';
};

/** The public key that a line introduces, where it is of that kind. */
const introducedBy = (line: ChainLine): string | null => {
  if (line.topic !== 'chain') return null;
  try {
    const body: unknown = JSON.parse(line.body);
    return typeof body === 'object' &&
      body !== null &&
      'publicKey' in body &&
      typeof body.publicKey === 'string'
      ? body.publicKey
      : null;
  } catch {
    return null; // altered; found as such
  }
};

/** The public keys that the chain itself names, the first to sign first. */
export const readChainKeys = async (database: Queryable): Promise<readonly string[]> => {
  const lines = await database.query<ChainLine>(
    `SELECT ${columns} FROM chain_lines WHERE topic = 'chain' ORDER BY seq`,
  );
  return lines.flatMap((line) => introducedBy(line) ?? []);
};

export const verifiersOf = (publicKeys: readonly string[]): ReadonlyMap<string, ChainVerifier> =>
  new Map(
    publicKeys
      .flatMap((publicKey) => chainVerifierOf(publicKey) ?? [])
      .map((verifier) => [verifier.id, verifier]),
  );

type Given = {
  /** Keys that are trusted, by id. */
  readonly keys: ReadonlyMap<string, ChainVerifier>;
  /** What was the last line when somebody outside of the database looked. */
  readonly witnessed: Pick<ChainHead, 'seq' | 'hash'> | null;
};

/** Reads the whole chain and names every line that is not as it was appended. */
export const verifyChain = async (
  database: Queryable,
  { keys, witnessed }: Given,
): Promise<ChainReport> => {
  const flaws: ChainFlaw[] = [];
  let count = 0;
  const flaw = (seq: number, what: ChainFlaw['what']): void => {
    count += 1;
    if (flaws.length < flawsListed) flaws.push({ seq, what });
  };
  // Read first: lines that are appended meanwhile are none that are missing.
  const [head] = await database.query<ChainHead>(
    'SELECT seq, hash, key_id AS "keyId" FROM chain_head',
  );
  let last: ChainHead = { seq: 0, hash: chainStart, keyId: '' };
  let lines = 0;
  for (;;) {
    const batch = await readLines(database, last.seq);
    for (const line of batch) {
      if (line.seq !== last.seq + 1) flaw(last.seq + 1, 'missing');
      else if (!line.prev.equals(last.hash)) flaw(line.seq, 'order');
      const own = flawOfLine(line, keys);
      if (own !== null) flaw(line.seq, own);
      if (witnessed?.seq === line.seq && !witnessed.hash.equals(line.hash) && own === null) {
        flaw(line.seq, 'altered');
      }
      last = { seq: line.seq, hash: line.hash, keyId: line.keyId };
    }
    lines += batch.length;
    if (batch.length < linesAtOnce) break;
  }
  const known = Math.max(head?.seq ?? 0, witnessed?.seq ?? 0);
  if (known > last.seq) flaw(last.seq + 1, 'end_missing');
  return { lines, head: last.seq === 0 ? null : last, flaws, hasMore: count > flaws.length };
};
