import type { Coaching, CoachingNote } from '../../../shared/api/coaching.ts';
import type { TrendCard } from '../../../shared/domain/quality/coaching-trend.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

const personOf = (table: string): string =>
  `json_build_object('id', ${table}.id, 'name', ${table}.name)`;
const noteColumns = `n.id, n.contact_id AS "contactId", ${personOf('a')} AS agent,
  ${personOf('w')} AS author, n.text, n.written_at AS "writtenAt",
  n.acknowledged_at AS "acknowledgedAt", n.reply`;
const noteTables = `coaching_notes n JOIN users a ON a.id = n.agent_id JOIN users w ON w.id = n.author`;
/** `me` may act on `a`: the same as `maySupervise`. */
const isSupervised = `a.id <> me.id
  AND (me.role = 'administrator' OR (me.role = 'supervisor' AND (me.team IS NULL OR me.team = a.team)))`;

/** The notes on a contact that are about this user, or about somebody whom the user supervises. */
export const listNotesOf = (
  database: Queryable,
  contactId: string,
  userId: string,
): Promise<readonly CoachingNote[]> =>
  database.query<CoachingNote>(
    `SELECT ${noteColumns} FROM ${noteTables} JOIN users me ON me.id = $2
     WHERE n.contact_id = $1 AND (a.id = me.id OR ${isSupervised}) ORDER BY n.written_at, n.id`,
    [contactId, userId],
  );

export const findNote = async (
  database: Queryable,
  noteId: string,
): Promise<CoachingNote | null> => {
  const [row] = await database.query<CoachingNote>(
    `SELECT ${noteColumns} FROM ${noteTables} WHERE n.id = $1`,
    [noteId],
  );
  return row ?? null;
};

export type NewNote = Pick<CoachingNote, 'id' | 'contactId' | 'text' | 'writtenAt'> & {
  readonly agentId: string;
  readonly author: string;
};

/** Answers false where it is there already. */
export const insertNote = async (transaction: Transaction, note: NewNote): Promise<boolean> =>
  (
    await transaction.query(
      `INSERT INTO coaching_notes (id, contact_id, agent_id, author, text, written_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [note.id, note.contactId, note.agentId, note.author, note.text, note.writtenAt],
    )
  ).length > 0;

/** Answers the agent; null: it is somebody else's, or was read. */
export const deleteNote = async (
  transaction: Transaction,
  noteId: string,
  author: string,
): Promise<{ readonly agentId: string; readonly contactId: string } | null> => {
  const [row] = await transaction.query<{
    readonly agentId: string;
    readonly contactId: string;
  }>(
    `DELETE FROM coaching_notes WHERE id = $1 AND author = $2 AND acknowledged_at IS NULL
     RETURNING agent_id AS "agentId", contact_id AS "contactId"`,
    [noteId, author],
  );
  return row ?? null;
};

/** Answers false when the agent had said all there is to say. */
export const acknowledgeNote = async (
  transaction: Transaction,
  noteId: string,
  at: number,
  reply: string,
): Promise<boolean> =>
  (
    await transaction.query(
      `UPDATE coaching_notes SET acknowledged_at = coalesce(acknowledged_at, $2), reply = $3
       WHERE id = $1 AND (acknowledged_at IS NULL OR (reply = '' AND $3 <> '')) RETURNING id`,
      [noteId, at, reply],
    )
  ).length > 0;

/** What the agent has not acknowledged. */
export const countUnread = async (database: Queryable, agentId: string): Promise<number> => {
  const [row] = await database.query<{ readonly count: number }>(
    `SELECT ((SELECT count(*) FROM coaching_notes WHERE agent_id = $1 AND acknowledged_at IS NULL)
       + (SELECT count(*) FROM scorecards
          WHERE agent_id = $1 AND purpose = 'review' AND acknowledged_at IS NULL))::integer AS count`,
    [agentId],
  );
  return row?.count ?? 0;
};

/** Agents whom this user may look at, with what was said to them since then. */
export const listCoached = (
  database: Queryable,
  userId: string,
  since: number,
): Promise<Coaching['agents']> =>
  database.query<Coaching['agents'][number]>(
    `SELECT a.id, a.name, coalesce(s.reviews, 0)::integer AS reviews,
       round(s.percent::numeric, 1)::double precision AS percent,
       greatest(s.last_at, n.last_at) AS "lastAt",
       (coalesce(s.unread, 0) + coalesce(n.unread, 0))::integer AS unread
     FROM users a JOIN users me ON me.id = $1
       LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE scored_at >= $2) AS reviews,
           avg(percent) FILTER (WHERE scored_at >= $2) AS percent, max(scored_at) AS last_at,
           count(*) FILTER (WHERE acknowledged_at IS NULL) AS unread
         FROM scorecards WHERE agent_id = a.id AND purpose = 'review') s ON true
       LEFT JOIN LATERAL (SELECT max(written_at) AS last_at,
           count(*) FILTER (WHERE acknowledged_at IS NULL) AS unread
         FROM coaching_notes WHERE agent_id = a.id) n ON true
     WHERE a.active AND a.role = 'agent' AND ${isSupervised} ORDER BY a.name, a.id`,
    [userId, since],
  );

const whoColumn = `coalesce(c.name, nullif(k.remote_name, ''), k.remote_number) AS who`;
const contactColumns = `${whoColumn}, k.started_at AS "startedAt", k.queue`;

export const listCardsOf = (
  database: Queryable,
  agentId: string,
  limit: number,
): Promise<Coaching['cards']> =>
  database.query<Coaching['cards'][number]>(
    `SELECT s.id, s.contact_id AS "contactId", ${contactColumns}, f.form->'label' AS form, s.percent,
       s.remark, ${personOf('w')} AS scorer, s.scored_at AS "scoredAt",
       s.acknowledged_at AS "acknowledgedAt", s.reply
     FROM scorecards s JOIN users w ON w.id = s.scorer JOIN contacts k ON k.id = s.contact_id
       LEFT JOIN customers c ON c.id = k.customer_id
       JOIN quality_forms f ON f.code = s.form AND f.version = s.version
     WHERE s.agent_id = $1 AND s.purpose = 'review' ORDER BY s.scored_at DESC, s.id LIMIT $2`,
    [agentId, limit],
  );

export const listNotesAbout = (
  database: Queryable,
  agentId: string,
  limit: number,
): Promise<Coaching['notes']> =>
  database.query<Coaching['notes'][number]>(
    `SELECT ${noteColumns}, ${contactColumns} FROM ${noteTables}
       JOIN contacts k ON k.id = n.contact_id LEFT JOIN customers c ON c.id = k.customer_id
     WHERE n.agent_id = $1 ORDER BY n.written_at DESC, n.id LIMIT $2`,
    [agentId, limit],
  );

/** The reviews since then, the oldest first. */
export const listTrendCards = (
  database: Queryable,
  agentId: string,
  since: number,
): Promise<readonly TrendCard[]> =>
  database.query<TrendCard>(
    `SELECT scored_at AS "scoredAt", percent, form, version, answers FROM scorecards
     WHERE agent_id = $1 AND purpose = 'review' AND scored_at >= $2 ORDER BY scored_at, id`,
    [agentId, since],
  );
