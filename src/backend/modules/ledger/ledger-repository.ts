import type { JournalEvent } from '../../../shared/api/events.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { canonicalJson } from './canonical-json.ts';
import type { LegProjection } from './leg-projection.ts';

export type LegOwner = {
  readonly callId: string;
  readonly agentId: string;
  readonly contactId: string;
  readonly callKey: string;
};

export const findLegOwners = (
  database: Queryable,
  callIds: readonly string[],
): Promise<readonly LegOwner[]> =>
  database.query<LegOwner>(
    `SELECT g.call_id AS "callId", g.agent_id AS "agentId", g.contact_id AS "contactId",
       k.call_key AS "callKey"
     FROM legs g JOIN contacts k ON k.id = g.contact_id WHERE g.call_id = ANY($1::uuid[])`,
    [callIds],
  );

/** Makes the leg where there is none, and locks it until the transaction ends. */
export const lockLeg = async (
  transaction: Transaction,
  leg: Omit<LegOwner, 'callKey'>,
): Promise<Omit<LegOwner, 'callKey'>> => {
  await transaction.query(
    `INSERT INTO legs (call_id, contact_id, agent_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [leg.callId, leg.contactId, leg.agentId],
  );
  const [row] = await transaction.query<Omit<LegOwner, 'callKey'>>(
    `SELECT call_id AS "callId", agent_id AS "agentId", contact_id AS "contactId"
     FROM legs WHERE call_id = $1 FOR UPDATE`,
    [leg.callId],
  );
  return row ?? leg;
};

/** Stores what is new; answers the ids of the events that were. */
export const insertEvents = async (
  transaction: Transaction,
  events: readonly JournalEvent[],
  receivedAt: number,
): Promise<ReadonlySet<string>> => {
  const rows = events.map(({ body, ...event }) => ({
    ...event,
    factId: body.fact.id,
    callId: body.fact.callId,
    topic: body.topic,
    at: body.fact.at,
    fact: canonicalJson(body.fact),
  }));
  const stored = await transaction.query<{ readonly id: string }>(
    `INSERT INTO events (id, fact_id, journal_id, seq, agent_id, call_id, topic, at, written_at,
       offset_ms, received_at, fact)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[], $6::uuid[],
       $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.factId),
      rows.map((row) => row.journalId),
      rows.map((row) => row.seq),
      rows.map((row) => row.agentId),
      rows.map((row) => row.callId),
      rows.map((row) => row.topic),
      rows.map((row) => row.at),
      rows.map((row) => row.writtenAt),
      rows.map((row) => row.offsetMs),
      rows.map(() => receivedAt),
      rows.map((row) => row.fact),
    ],
  );
  return new Set(stored.map((row) => row.id));
};

/** Whether an answered leg of this agent in this call still lacks its wrap-up. */
export const owesWrapUp = async (
  database: Queryable,
  agentId: string,
  callKey: string,
): Promise<boolean> =>
  (
    await database.query<{ readonly callId: string }>(
      `SELECT g.call_id AS "callId" FROM legs g JOIN contacts k ON k.id = g.contact_id
       WHERE k.call_key = $2 AND g.agent_id = $1 AND NOT g.is_consult
         AND g.answered_at IS NOT NULL AND g.code IS NULL LIMIT 1`,
      [agentId, callKey],
    )
  ).length > 0;

export type StoredEvent = {
  readonly id: string;
  readonly factId: string;
  readonly agentId: string;
  readonly topic: string;
  readonly fact: string;
};

/** Events that have one of these ids, or tell one of these facts. */
export const findStoredEvents = (
  database: Queryable,
  ids: readonly string[],
  factIds: readonly string[],
): Promise<readonly StoredEvent[]> =>
  database.query<StoredEvent>(
    `SELECT id, fact_id AS "factId", agent_id AS "agentId", topic, fact FROM events
     WHERE id = ANY($1::uuid[]) OR fact_id = ANY($2::uuid[])`,
    [ids, factIds],
  );

export const findLedgerFacts = async (
  database: Queryable,
  callIds: readonly string[],
): Promise<readonly LedgerFact[]> =>
  (
    await database.query<{ readonly fact: string }>(
      `SELECT fact FROM events WHERE call_id = ANY($1::uuid[]) AND topic = 'ledger' ORDER BY at, id`,
      [callIds],
    )
  )
    // Checked against its schema before it was stored.
    .map((row) => JSON.parse(row.fact) as LedgerFact);

export const saveLeg = async (
  transaction: Queryable,
  callId: string,
  leg: LegProjection,
): Promise<void> => {
  await transaction.query(
    `UPDATE legs SET ring_ms = $2, dial_ms = $3, talk_ms = $4, hold_ms = $5, wrap_up_ms = $6,
       handle_ms = $7, started_at = $8, answered_at = $9, ended_at = $10, finished_at = $11,
       outcome = $12, code = $13, notes = $14, consult_ms = $15, is_consult = $16 WHERE call_id = $1`,
    [
      callId,
      leg.ringMs,
      leg.dialMs,
      leg.talkMs,
      leg.holdMs,
      leg.wrapUpMs,
      leg.handleMs,
      leg.startedAt,
      leg.answeredAt,
      leg.endedAt,
      leg.finishedAt,
      leg.outcome,
      leg.code,
      leg.notes,
      leg.consultMs,
      leg.isConsult,
    ],
  );
  await transaction.query('DELETE FROM segments WHERE call_id = $1', [callId]);
  await transaction.query(
    `INSERT INTO segments (call_id, position, kind, started_at, ended_at)
     SELECT $1, position, kind, started_at, ended_at
     FROM unnest($2::text[], $3::bigint[], $4::bigint[])
       WITH ORDINALITY AS s (kind, started_at, ended_at, position)`,
    [
      callId,
      leg.segments.map((segment) => segment.kind),
      leg.segments.map((segment) => segment.startedAt),
      leg.segments.map((segment) => segment.endedAt),
    ],
  );
};
