import type { Memo } from '../../../shared/api/acting.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

type Row = {
  readonly agentId: string;
  readonly id: string;
  readonly kind: Memo['kind'];
  readonly by: string;
  readonly at: number;
  readonly details: { readonly queues?: readonly string[]; readonly until?: number | null };
  readonly text: string | null;
  readonly contactId: string | null;
  readonly who: string | null;
};

const memoOf = ({ kind, id, by, at, details, text, contactId, who }: Row): Memo => {
  const common = { id, by, at };
  switch (kind) {
    case 'message':
      return { kind, ...common, text: text ?? '' };
    case 'queues':
      return { kind, ...common, queues: details.queues ?? [], until: details.until ?? null };
    case 'wrap_up':
      return { kind, ...common, contactId: contactId ?? '', who: who ?? '' };
  }
};

/** Of months of absence the latest are enough. */
const shownLimit = 50;

/** What these agents have not read, the oldest first. */
export const listUnread = async (
  database: Queryable,
  agentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Memo[]>> => {
  const rows = await database.query<Row>(
    `SELECT u.id AS "agentId", m.id, m.kind, s.name AS by, m.at, m.details, t.text,
       m.contact_id AS "contactId", coalesce(c.name, nullif(k.remote_name, ''), k.remote_number) AS who
     FROM unnest($1::uuid[]) AS u (id)
       CROSS JOIN LATERAL (SELECT * FROM memos WHERE agent_id = u.id AND read_at IS NULL
         ORDER BY at DESC, id DESC LIMIT $2) m
       JOIN users s ON s.id = m.author
       LEFT JOIN team_messages t ON t.id = m.message_id
       LEFT JOIN contacts k ON k.id = m.contact_id
       LEFT JOIN customers c ON c.id = k.customer_id
     ORDER BY m.at, m.id`,
    [agentIds, shownLimit],
  );
  const unread = new Map<string, Memo[]>(agentIds.map((id) => [id, []]));
  for (const row of rows) unread.get(row.agentId)?.push(memoOf(row));
  return unread;
};

export type NewMemo = {
  readonly id: string;
  readonly agentId: string;
  readonly author: string;
  readonly at: number;
} & (
  | {
      readonly kind: 'queues';
      readonly queues: readonly string[];
      readonly until: number | null;
    }
  | { readonly kind: 'wrap_up'; readonly contactId: string }
);

/** In the transaction of the deed itself. */
export const insertMemo = async (transaction: Transaction, memo: NewMemo): Promise<void> => {
  const details = memo.kind === 'queues' ? { queues: memo.queues, until: memo.until } : {};
  await transaction.query(
    `INSERT INTO memos (id, agent_id, author, at, kind, details, contact_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      memo.id,
      memo.agentId,
      memo.author,
      memo.at,
      memo.kind,
      JSON.stringify(details),
      memo.kind === 'wrap_up' ? memo.contactId : null,
    ],
  );
};

/** False: there is none of this agent's that is not read yet. */
export const markRead = async (
  database: Queryable,
  agentId: string,
  memoId: string,
  at: number,
): Promise<boolean> =>
  (
    await database.query(
      `UPDATE memos SET read_at = $3 WHERE id = $2 AND agent_id = $1 AND read_at IS NULL RETURNING 1 AS done`,
      [agentId, memoId, at],
    )
  ).length > 0;
