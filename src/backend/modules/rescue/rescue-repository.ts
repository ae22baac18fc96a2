import type { CardRescue } from '../../../shared/api/rescue.ts';
import type { Queryable } from '../../database/database.ts';

export type NewRescue = {
  readonly id: string;
  readonly callKey: string;
  readonly agentId: string;
  readonly at: number;
  readonly why: CardRescue['why'];
};

/** False: the call has no contact. */
export const insertRescue = async (
  database: Queryable,
  { id, callKey, agentId, at, why }: NewRescue,
): Promise<boolean> =>
  (
    await database.query(
      `INSERT INTO rescues (id, contact_id, call_key, agent_id, at, why)
       SELECT $1, k.id, k.call_key, $3, $4, $5 FROM contacts k WHERE k.call_key = $2 RETURNING 1 AS done`,
      [id, callKey, agentId, at, why],
    )
  ).length > 0;

/** Answers whether somebody was waited for. */
export const markTaken = async (
  database: Queryable,
  callKey: string,
  agentId: string,
  at: number,
): Promise<boolean> =>
  (
    await database.query(
      `UPDATE rescues SET taken_by = $2, taken_at = $3
       WHERE call_key = $1 AND taken_by IS NULL AND gone_at IS NULL RETURNING 1 AS done`,
      [callKey, agentId, at],
    )
  ).length > 0;

export const markGone = async (
  database: Queryable,
  callKey: string,
  at: number,
): Promise<boolean> =>
  (
    await database.query(
      `UPDATE rescues SET gone_at = $2
       WHERE call_key = $1 AND taken_by IS NULL AND gone_at IS NULL RETURNING 1 AS done`,
      [callKey, at],
    )
  ).length > 0;

/** Calls whose customer was taken back and is with nobody yet. */
export const listWaitingRescues = async (database: Queryable): Promise<readonly string[]> =>
  (
    await database.query<{ readonly callKey: string }>(
      `SELECT DISTINCT r.call_key AS "callKey" FROM rescues r JOIN contacts k ON k.id = r.contact_id
       WHERE r.taken_by IS NULL AND r.gone_at IS NULL AND k.ended_at IS NULL`,
    )
  ).map(({ callKey }) => callKey);

type Row = {
  readonly at: number;
  readonly why: CardRescue['why'];
  readonly agentId: string;
  readonly agentName: string;
  readonly takenById: string | null;
  readonly takenByName: string | null;
  readonly takenAt: number | null;
  readonly endedAt: number | null;
  readonly notes: string | null;
};

/** The latest of a contact, with what its agent had written of it by then; null: there was none. */
export const findRescue = async (
  database: Queryable,
  contactId: string,
): Promise<CardRescue | null> => {
  const [row] = await database.query<Row>(
    `SELECT r.at, r.why, r.agent_id AS "agentId", a.name AS "agentName", r.taken_by AS "takenById",
       t.name AS "takenByName", r.taken_at AS "takenAt",
       coalesce(r.gone_at, k.ended_at) AS "endedAt",
       (SELECT coalesce(nullif(g.notes, ''), d.draft->>'notes') FROM legs g
          LEFT JOIN wrap_up_drafts d ON d.call_id = g.call_id
        WHERE g.contact_id = r.contact_id AND g.agent_id = r.agent_id AND g.started_at <= r.at
        ORDER BY g.started_at DESC LIMIT 1) AS notes
     FROM rescues r JOIN contacts k ON k.id = r.contact_id JOIN users a ON a.id = r.agent_id
       LEFT JOIN users t ON t.id = r.taken_by
     WHERE r.contact_id = $1 ORDER BY r.at DESC LIMIT 1`,
    [contactId],
  );
  if (row === undefined) return null;
  const { at, why, agentId, agentName, takenById, takenByName, takenAt, endedAt } = row;
  return {
    at,
    why,
    agentId,
    agentName,
    notes: row.notes ?? '',
    taken:
      takenById === null || takenByName === null || takenAt === null
        ? null
        : { agentId: takenById, agentName: takenByName, at: takenAt },
    endedAt,
  };
};
