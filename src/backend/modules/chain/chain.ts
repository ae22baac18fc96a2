import { jsonRows } from '../../database/json-rows.ts';
import type { Database, Transaction } from '../../database/database.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { ChainKey } from './chain-key.ts';
import { hashOfLine, type ChainLine } from './chain-line.ts';

export type ChainTopic =
  'chain' | 'consent' | 'recording' | 'payment' | 'keeping' | 'privacy' | 'supervision';

/** What is added: ids, figures and words of the program; never a name, a number or what somebody said. */
export type ChainEntry = {
  readonly topic: ChainTopic;
  /** null: no contact in particular. */
  readonly contactId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
};

/** The last line of the chain. */
export type ChainHead = { readonly seq: number; readonly hash: Buffer; readonly keyId: string };

/** Keeps what the last line was where the database cannot reach it. */
export type ChainWitness = { readonly saw: (head: ChainHead) => void };

type Signing = { readonly key: ChainKey; readonly now: () => number; head: ChainHead | null };

const signings = new WeakMap<Transaction, Signing>();

/** The same database; what is appended to the chain in its transactions is signed with this key. */
export const withChain = (
  database: Database,
  key: ChainKey,
  now: () => number,
  witness: ChainWitness = { saw: () => undefined },
): Database => ({
  ...database,
  transaction: async (work) => {
    let signing: Signing | null = null;
    const value = await database.transaction((transaction) => {
      // Anew for each try: one that was rolled back left nothing.
      signing = { key, now, head: null };
      signings.set(transaction, signing);
      return work(transaction);
    });
    const head = (signing as Signing | null)?.head ?? null;
    if (head !== null) witness.saw(head);
    return value;
  },
});

const lockHead = async (transaction: Transaction): Promise<ChainHead> => {
  const [head] = await transaction.query<ChainHead>(
    'SELECT seq, hash, key_id AS "keyId" FROM chain_head FOR UPDATE',
  );
  if (head === undefined) throw new Error('the chain has no head: it was tampered with');
  return head;
};

const insert = (transaction: Transaction, lines: readonly ChainLine[]) =>
  transaction.query(
    `INSERT INTO chain_lines (seq, at, topic, contact_id, body, prev, hash, signature, key_id)
     SELECT seq, at, topic, contact_id, body, decode(prev, 'hex'), decode(hash, 'hex'), decode(signature, 'hex'), key_id
     FROM json_to_recordset($1) AS line (seq bigint, at bigint, topic text, contact_id uuid, body text, prev text,
       hash text, signature text, key_id text)
     ORDER BY seq`,
    [
      jsonRows(
        lines.map(({ seq, at, topic, contactId, body, prev, hash, signature, keyId }) => ({
          seq,
          at,
          topic,
          contact_id: contactId,
          body,
          prev: prev.toString('hex'),
          hash: hash.toString('hex'),
          signature: signature.toString('hex'),
          key_id: keyId,
        })),
      ),
    ],
  );

/**
 * Adds to the chain, in the transaction of the deed itself: neither is there without the other. From here to the
 * transaction's end nobody else can append, so this is the last thing that it should do. A deed that appends several
 * lines gives them together.
 */
export const appendToChain = async (
  transaction: Transaction,
  ...entries: readonly ChainEntry[]
): Promise<void> => {
  if (entries.length === 0) return;
  const signing = signings.get(transaction);
  if (signing === undefined)
    throw new Error('this database was opened without a key for the chain');
  const { key, now } = signing;
  let head = await lockHead(transaction);
  // Whose signatures follow is said by the first line that has them.
  const introduction: readonly ChainEntry[] =
    head.keyId === key.id
      ? []
      : [{ topic: 'chain', contactId: null, body: { publicKey: key.publicKey } }];
  const lines = [...introduction, ...entries].map(({ topic, contactId, body }) => {
    const unsigned = {
      seq: head.seq + 1,
      at: now(),
      topic,
      contactId,
      body: canonicalJson(body),
      prev: head.hash,
      keyId: key.id,
    };
    const hash = hashOfLine(unsigned);
    head = { seq: unsigned.seq, hash, keyId: key.id };
    return { ...unsigned, hash, signature: key.sign(hash) };
  });
  await insert(transaction, lines);
  signing.head = head;
};
