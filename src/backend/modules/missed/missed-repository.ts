import type { EvidenceFact } from '../../../shared/api/evidence.ts';
import type { DeskSpan, MissedCause, PbxWord, Ring } from '../../../shared/domain/missed/missed.ts';
import { usualMissesBeforeNotReady } from '../../../shared/domain/missed/missed.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting } from '../centre/centre-settings.ts';

/** What an offer was judged by, as it is kept beside the judgement. */
export type KeptEvidence = {
  readonly ring: Ring | null;
  readonly spans: readonly DeskSpan[];
  readonly pbx: PbxWord | null;
  readonly phoneFailed: boolean;
};

export type MissedRow = {
  readonly id: string;
  readonly agentId: string;
  readonly contactId: string;
  readonly callKey: string;
  readonly queue: string | null;
  readonly offeredAt: number;
  readonly at: number;
  readonly cause: MissedCause;
  readonly counted: boolean;
  readonly evidence: KeptEvidence;
  readonly judgedAt: number;
  readonly revision: number;
};

const columns = `m.id, m.agent_id AS "agentId", m.contact_id AS "contactId", m.call_key AS "callKey", m.queue,
  m.offered_at AS "offeredAt", m.at, m.cause, m.counted, m.evidence, m.judged_at AS "judgedAt", m.revision`;

export const insertMissed = async (transaction: Transaction, row: MissedRow): Promise<void> => {
  await transaction.query(
    `INSERT INTO missed_offers (id, agent_id, contact_id, call_key, queue, offered_at, at, cause, counted,
       evidence, judged_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.agentId,
      row.contactId,
      row.callKey,
      row.queue,
      row.offeredAt,
      row.at,
      row.cause,
      row.counted,
      JSON.stringify(row.evidence),
      row.judgedAt,
      row.revision,
    ],
  );
};

export const rejudge = async (transaction: Transaction, row: MissedRow): Promise<void> => {
  await transaction.query(
    'UPDATE missed_offers SET cause = $2, counted = $3, evidence = $4, judged_at = $5 WHERE id = $1',
    [row.id, row.cause, row.counted, JSON.stringify(row.evidence), row.judgedAt],
  );
};

/** Missed offers that touch this stretch of time, locked. */
export const lockMissedWithin = (
  transaction: Transaction,
  agentId: string,
  from: number,
  until: number,
): Promise<readonly MissedRow[]> =>
  transaction.query<MissedRow>(
    `SELECT ${columns} FROM missed_offers m
     WHERE m.agent_id = $1 AND m.at >= $2 AND m.offered_at <= $3 ORDER BY m.id FOR UPDATE`,
    [agentId, from, until],
  );

/** The desk's own account of this stretch of time. */
export const findEvidence = async (
  database: Queryable,
  agentId: string,
  from: number,
  until: number,
): Promise<readonly EvidenceFact[]> =>
  (
    await database.query<{ readonly fact: string }>(
      `SELECT fact FROM desk_evidence WHERE agent_id = $1 AND ended_at >= $2 AND started_at <= $3
       ORDER BY started_at, id LIMIT 200`,
      [agentId, from, until],
    )
  )
    // Checked against its schema before it was stored.
    .map((row) => JSON.parse(row.fact) as EvidenceFact);

export type EvidenceRow = {
  readonly id: string;
  readonly agentId: string;
  readonly kind: string;
  readonly callKey: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly receivedAt: number;
  readonly fact: string;
};

/** True: it is new. */
export const insertEvidence = async (
  transaction: Transaction,
  row: EvidenceRow,
): Promise<boolean> =>
  (
    await transaction.query(
      `INSERT INTO desk_evidence (id, agent_id, kind, call_key, started_at, ended_at, received_at, fact)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
      [
        row.id,
        row.agentId,
        row.kind,
        row.callKey,
        row.startedAt,
        row.endedAt,
        row.receivedAt,
        row.fact,
      ],
    )
  ).length > 0;

export const findEvidenceText = async (
  database: Queryable,
  id: string,
): Promise<{ readonly agentId: string; readonly fact: string } | null> => {
  const [row] = await database.query<{ readonly agentId: string; readonly fact: string }>(
    'SELECT agent_id AS "agentId", fact FROM desk_evidence WHERE id = $1',
    [id],
  );
  return row ?? null;
};

/** Whether the desk told of a ring of this call that ended at that time or later. */
export const hasRing = async (
  database: Queryable,
  agentId: string,
  callKey: string,
  since: number,
): Promise<boolean> =>
  (
    await database.query(
      'SELECT id FROM desk_evidence WHERE agent_id = $1 AND ended_at >= $3 AND call_key = $2 LIMIT 1',
      [agentId, callKey, since],
    )
  ).length > 0;

/** When the agent was last offered this call, epoch ms. */
export const findOfferedAt = async (
  database: Queryable,
  agentId: string,
  callKey: string,
): Promise<number | null> => {
  const [row] = await database.query<{ readonly at: number }>(
    `SELECT at FROM agent_state_log WHERE agent_id = $1 AND event->>'kind' = 'offered'
       AND event->>'callKey' = $2 ORDER BY revision DESC LIMIT 1`,
    [agentId, callKey],
  );
  return row?.at ?? null;
};

/**
 * What the agent missed since the last answer or word of the agent's own. `since`: of steps that are not in the log yet,
 * the last that breaks the row.
 */
export const countInRow = async (
  database: Queryable,
  agentId: string,
  since: number,
): Promise<{ readonly human: number; readonly unproven: number }> => {
  const [row] = await database.query<{ readonly human: number; readonly unproven: number }>(
    `SELECT count(*) FILTER (WHERE counted) AS human, count(*) FILTER (WHERE cause = 'unproven') AS unproven
     FROM missed_offers WHERE agent_id = $1 AND revision > greatest($2, (
       SELECT revision FROM agent_state_log
       WHERE agent_id = $1 AND event->>'kind' IN ('answered', 'wished', 'signed_in')
       ORDER BY revision DESC LIMIT 1))`,
    [agentId, since],
  );
  return row ?? { human: 0, unproven: 0 };
};

export const readMissesBeforeNotReady = async (database: Queryable): Promise<number> => {
  const value = await readCentreSetting<unknown>(database, 'missesBeforeNotReady');
  return typeof value === 'number' ? value : usualMissesBeforeNotReady;
};

export type ToldMissed = Pick<
  MissedRow,
  'id' | 'callKey' | 'contactId' | 'queue' | 'at' | 'cause'
> & {
  readonly counted: boolean;
  readonly note: string;
  readonly number: string;
  readonly name: string | null;
};

/** The newest first. */
export const listMissed = (
  database: Queryable,
  agentId: string,
  since: number,
  limit: number,
): Promise<readonly ToldMissed[]> =>
  database.query<ToldMissed>(
    `SELECT m.id, m.call_key AS "callKey", m.contact_id AS "contactId", m.queue, m.at, m.cause, m.counted,
       m.note, k.remote_number AS number, coalesce(c.name, u.name, nullif(k.remote_name, '')) AS name
     FROM missed_offers m JOIN contacts k ON k.id = m.contact_id
     LEFT JOIN customers c ON c.id = k.customer_id LEFT JOIN users u ON u.extension = k.remote_number
     WHERE m.agent_id = $1 AND m.at >= $2 ORDER BY m.at DESC, m.id DESC LIMIT $3`,
    [agentId, since, limit],
  );

/** False: this agent has no such miss. */
export const saveNote = async (
  database: Queryable,
  agentId: string,
  id: string,
  note: string,
  at: number,
): Promise<boolean> =>
  (
    await database.query(
      `UPDATE missed_offers SET note = $3, noted_at = $4 WHERE id = $2 AND agent_id = $1 RETURNING id`,
      [agentId, id, note, at],
    )
  ).length > 0;
