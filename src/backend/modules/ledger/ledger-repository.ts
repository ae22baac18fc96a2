import type { JournalEvent } from '../../../shared/api/events.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import { arrayText } from '../../database/array-text.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** Any number that no other lock of this program has. */
const agentLock = 7_214_402;

/** One batch of an agent at a time, whatever two machines or two backends do at once. */
export const lockLedgerOf = async (transaction: Transaction, agentId: string): Promise<void> => {
  await transaction.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [agentLock, agentId]);
};

export type LegOwner = {
  readonly callId: string;
  readonly agentId: string;
  readonly contactId: string;
  readonly callKey: string;
  readonly wrapUpFlaws: readonly string[];
};

export const findLegOwners = (
  database: Queryable,
  callIds: readonly string[],
): Promise<readonly LegOwner[]> =>
  database.query<LegOwner>(
    `SELECT g.call_id AS "callId", g.agent_id AS "agentId", g.contact_id AS "contactId",
       k.call_key AS "callKey", g.wrap_up_flaws AS "wrapUpFlaws"
     FROM legs g JOIN contacts k ON k.id = g.contact_id WHERE g.call_id = ANY($1::uuid[])`,
    [callIds],
  );

/** With its fact as it is stored and compared. */
export type NewEvent = JournalEvent & { readonly factText: string };

/** Stores events of this agent that are not there yet, each with a fact that is not. */
export const insertEvents = async (
  transaction: Transaction,
  agentId: string,
  events: readonly NewEvent[],
  receivedAt: number,
): Promise<void> => {
  if (events.length === 0) return;
  await transaction.query(
    `INSERT INTO events (id, fact_id, journal_id, seq, agent_id, call_id, topic, at, written_at,
       offset_ms, received_at, fact)
     SELECT id, fact_id, journal_id, seq, $5, call_id, topic, at, written_at, offset_ms, $11, fact
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $6::uuid[],
       $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], $12::text[])
       AS e (id, fact_id, journal_id, seq, call_id, topic, at, written_at, offset_ms, fact)`,
    [
      arrayText(events.map((event) => event.id)),
      arrayText(events.map(({ body }) => body.fact.id)),
      arrayText(events.map((event) => event.journalId)),
      arrayText(events.map((event) => event.seq)),
      agentId,
      arrayText(events.map(({ body }) => body.fact.callId)),
      arrayText(events.map(({ body }) => body.topic)),
      arrayText(events.map(({ body }) => body.fact.at)),
      arrayText(events.map((event) => event.writtenAt)),
      arrayText(events.map((event) => event.offsetMs)),
      receivedAt,
      events.map(({ factText }) => factText),
    ],
  );
};

export type LegOfCall = {
  readonly callId: string;
  readonly callKey: string;
  /** How it began is told: by its first fact it may have been offered, or only wrapped up. */
  readonly isBegun: boolean;
  readonly startedAt: number | null;
  readonly answeredAt: number | null;
  readonly wrappedUpAt: number | null;
};

/** The legs that this agent has in these calls, but for those to colleagues. */
export const findLegsOfCalls = async (
  database: Queryable,
  agentId: string,
  callKeys: readonly string[],
): Promise<readonly LegOfCall[]> =>
  callKeys.length === 0
    ? []
    : database.query<LegOfCall>(
        `SELECT g.call_id AS "callId", k.call_key AS "callKey", g.started_at AS "startedAt",
           g.answered_at AS "answeredAt", g.wrapped_up_at AS "wrappedUpAt",
           EXISTS (SELECT FROM events e WHERE e.call_id = g.call_id AND e.topic = 'ledger'
             AND e.fact::json->>'kind' IN ('offered', 'dialed')) AS "isBegun"
         FROM contacts k JOIN legs g ON g.contact_id = k.id
         WHERE k.call_key = ANY($2) AND g.agent_id = $1 AND NOT g.is_consult`,
        [agentId, callKeys],
      );

export type StoredEvent = {
  readonly id: string;
  readonly factId: string;
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
    `SELECT id, fact_id AS "factId", topic, fact FROM events WHERE id = ANY($1::uuid[])
     UNION ALL SELECT id, fact_id, topic, fact FROM events WHERE fact_id = ANY($2::uuid[])`,
    [arrayText(ids), arrayText(factIds)],
  );

export const findLedgerFacts = async (
  database: Queryable,
  callIds: readonly string[],
): Promise<readonly LedgerFact[]> =>
  callIds.length === 0
    ? []
    : (
        await database.query<{ readonly fact: string }>(
          `SELECT fact FROM events WHERE call_id = ANY($1::uuid[]) AND topic = 'ledger'
           ORDER BY at, id`,
          [callIds],
        )
      )
        // Checked against its schema before it was stored.
        .map((row) => JSON.parse(row.fact) as LedgerFact);
