import type { BoardHelp } from '../../../shared/api/board.ts';
import type { HandView } from '../../../shared/api/help.ts';
import type { Hand, HandEnd } from '../../../shared/domain/help/hand.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

type StoredHand = {
  readonly id: string;
  readonly agentId: string;
  readonly contactId: string;
  readonly callKey: string;
  readonly takenBy: string | null;
  readonly takenAt: number | null;
  readonly overAt: number | null;
  readonly overWhy: HandEnd | null;
  readonly overBy: string | null;
};

export type KnownHand = Pick<StoredHand, 'id' | 'agentId' | 'contactId' | 'callKey'> & {
  readonly hand: Hand;
};

const knownOf = ({ takenBy, takenAt, overAt, overWhy, overBy, ...rest }: StoredHand): KnownHand => {
  if (overAt !== null && overWhy !== null) {
    const over = { state: 'over', why: overWhy, at: overAt, by: overBy, takenBy, takenAt } as const;
    return { ...rest, hand: over };
  }
  return {
    ...rest,
    hand:
      takenBy === null || takenAt === null
        ? { state: 'raised' }
        : { state: 'taken', by: takenBy, at: takenAt },
  };
};

const storedColumns = `id, agent_id AS "agentId", contact_id AS "contactId", call_key AS "callKey",
  taken_by AS "takenBy", taken_at AS "takenAt", over_at AS "overAt", over_why AS "overWhy", over_by AS "overBy"`;

/** Locks it until the transaction ends; null: there is none. */
export const lockHand = async (
  transaction: Transaction,
  handId: string,
): Promise<KnownHand | null> => {
  const [row] = await transaction.query<StoredHand>(
    `SELECT ${storedColumns} FROM hands WHERE id = $1 FOR UPDATE`,
    [handId],
  );
  return row === undefined ? null : knownOf(row);
};

export const insertHand = async (
  transaction: Transaction,
  hand: Omit<KnownHand, 'hand'> & { readonly raisedAt: number },
): Promise<void> => {
  await transaction.query(
    `INSERT INTO hands (id, agent_id, contact_id, call_key, raised_at) VALUES ($1, $2, $3, $4, $5)`,
    [hand.id, hand.agentId, hand.contactId, hand.callKey, hand.raisedAt],
  );
};

export const saveHand = async (
  transaction: Transaction,
  handId: string,
  hand: Hand,
): Promise<void> => {
  const taken =
    hand.state === 'taken'
      ? [hand.by, hand.at]
      : hand.state === 'over'
        ? [hand.takenBy, hand.takenAt]
        : [null, null];
  const over = hand.state === 'over' ? [hand.at, hand.why, hand.by] : [null, null, null];
  await transaction.query(
    `UPDATE hands SET taken_by = $2, taken_at = $3, over_at = $4, over_why = $5, over_by = $6,
       revision = revision + 1 WHERE id = $1`,
    [handId, ...taken, ...over],
  );
};

/** Of an agent and a call, the one that is up; null: none is. */
export const findUp = async (
  database: Queryable,
  agentId: string,
  callKey: string,
): Promise<string | null> => {
  const [row] = await database.query<{ readonly id: string }>(
    'SELECT id FROM hands WHERE agent_id = $1 AND call_key = $2 AND over_at IS NULL',
    [agentId, callKey],
  );
  return row?.id ?? null;
};

/** Those of these calls for which the agent's hand is up. */
export const findUpOf = async (
  database: Queryable,
  agentId: string,
  callKeys: readonly string[],
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly callKey: string }>(
      `SELECT call_key AS "callKey" FROM hands
       WHERE agent_id = $1 AND call_key = ANY($2::text[]) AND over_at IS NULL`,
      [agentId, callKeys],
    )
  ).map(({ callKey }) => callKey);

/** Every one that is up. */
export const listUp = (
  database: Queryable,
): Promise<readonly Pick<KnownHand, 'id' | 'agentId' | 'callKey'>[]> =>
  database.query(
    'SELECT id, agent_id AS "agentId", call_key AS "callKey" FROM hands WHERE over_at IS NULL',
  );

/** False: it is there already. */
export const insertMessage = async (
  transaction: Transaction,
  message: {
    readonly id: string;
    readonly handId: string;
    readonly author: string;
    readonly at: number;
    readonly text: string;
  },
): Promise<boolean> => {
  const made = await transaction.query(
    `INSERT INTO hand_messages (id, hand_id, author, at, text) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO NOTHING RETURNING 1 AS made`,
    [message.id, message.handId, message.author, message.at, message.text],
  );
  if (made.length === 0) return false;
  await transaction.query('UPDATE hands SET revision = revision + 1 WHERE id = $1', [
    message.handId,
  ]);
  return true;
};

const personOf = (table: string): string =>
  `CASE WHEN ${table}.id IS NULL THEN NULL ELSE json_build_object('id', ${table}.id, 'name', ${table}.name) END`;

const shown = `SELECT h.id, ${personOf('a')} AS agent, h.contact_id AS "contactId", h.call_key AS "callKey", k.queue, q.label AS "queueLabel",
    k.direction, k.started_at AS "startedAt",
    coalesce(c.name, nullif(k.remote_name, ''), k.remote_number) AS who, h.raised_at AS "raisedAt",
    CASE WHEN h.taken_by IS NULL THEN NULL
      ELSE json_build_object('by', ${personOf('t')}, 'at', h.taken_at) END AS taken,
    CASE WHEN h.over_at IS NULL THEN NULL
      ELSE json_build_object('why', h.over_why, 'at', h.over_at, 'by', ${personOf('o')}) END AS over,
    coalesce((SELECT json_agg(json_build_object('id', m.id, 'author', ${personOf('w')}, 'at', m.at, 'text', m.text)
        ORDER BY m.at, m.id) FROM hand_messages m JOIN users w ON w.id = m.author
      WHERE m.hand_id = h.id), '[]') AS messages, h.revision
  FROM hands h JOIN users a ON a.id = h.agent_id JOIN contacts k ON k.id = h.contact_id
    LEFT JOIN customers c ON c.id = k.customer_id LEFT JOIN queues q ON q.name = k.queue
    LEFT JOIN users t ON t.id = h.taken_by LEFT JOIN users o ON o.id = h.over_by`;
const inOrder = 'ORDER BY h.raised_at, h.id';

export const readHand = async (database: Queryable, handId: string): Promise<HandView | null> => {
  const [hand] = await database.query<HandView>(`${shown} WHERE h.id = $1`, [handId]);
  return hand ?? null;
};

/** The user's own of these calls, and those that are up of whom the user supervises (as `maySupervise` has it). */
export const readHandsFor = (
  database: Queryable,
  userId: string,
  callKeys: readonly string[],
): Promise<readonly HandView[]> =>
  database.query<HandView>(
    `${shown} JOIN users me ON me.id = $1
     WHERE (h.agent_id = me.id AND h.call_key = ANY($2::text[]))
       OR (h.over_at IS NULL AND a.id <> me.id AND (me.role = 'administrator'
         OR (me.role = 'supervisor' AND (me.team IS NULL OR me.team = a.team))))
     ${inOrder}`,
    [userId, callKeys],
  );

/** Those of a contact that the user raised, or whose agent the user supervises. */
export const readHandsOfContact = (
  database: Queryable,
  userId: string,
  contactId: string,
): Promise<readonly HandView[]> =>
  database.query<HandView>(
    `${shown} JOIN users me ON me.id = $1
     WHERE h.contact_id = $2 AND (a.id = me.id OR me.role = 'administrator'
       OR (me.role = 'supervisor' AND (me.team IS NULL OR me.team = a.team)))
     ${inOrder}`,
    [userId, contactId],
  );

/** Everybody who may act on this agent's work. */
export const listSupervisorsOf = async (
  database: Queryable,
  agentId: string,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly id: string }>(
      `SELECT s.id FROM users s JOIN users a ON a.id = $1
       WHERE s.active AND s.id <> a.id AND (s.role = 'administrator'
         OR (s.role = 'supervisor' AND (s.team IS NULL OR s.team = a.team)))`,
      [agentId],
    )
  ).map(({ id }) => id);

/** What is up of these agents, for the board: of each the one that was raised first. */
export const readUp = async (
  database: Queryable,
  agentIds: readonly string[],
): Promise<ReadonlyMap<string, BoardHelp>> => {
  const rows = await database.query<BoardHelp & { readonly agentId: string }>(
    `SELECT DISTINCT ON (h.agent_id) h.agent_id AS "agentId", h.id AS "helpId", h.call_key AS "callKey",
       h.raised_at AS "raisedAt", t.name AS "takenBy"
     FROM hands h LEFT JOIN users t ON t.id = h.taken_by
     WHERE h.over_at IS NULL AND h.agent_id = ANY($1) ORDER BY h.agent_id, h.raised_at, h.id`,
    [agentIds],
  );
  return new Map(rows.map(({ agentId, ...help }) => [agentId, help]));
};
