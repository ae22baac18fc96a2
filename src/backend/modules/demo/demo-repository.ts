import type { Queryable, Transaction } from '../../database/database.ts';
import type { DemoUsers } from '../../../shared/api/routes.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { standingOf } from '../consent/standing-choices.ts';
import { projectLeg } from '../ledger/leg-projection.ts';
import type { SeedContact } from './seed-contacts.ts';
import type { SeedReason } from './seed-centre.ts';
import type { SeedTicket } from './seed-customers.ts';

/** Answers true once per seed, and holds off other backends until this transaction ends. */
export const claimSeed = async (
  transaction: Transaction,
  name: string,
  at: number,
): Promise<boolean> =>
  (
    await transaction.query<{ readonly name: string }>(
      'INSERT INTO demo_seeds (name, made_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING name',
      [name, at],
    )
  ).length > 0;

export const insertQueue = async (
  database: Queryable,
  queue: { readonly name: string; readonly label: object; readonly targetHandleMs: number },
  position: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO queues (name, label, position, target_handle_ms) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [queue.name, queue.label, position, queue.targetHandleMs],
  );
};

export const insertTeam = async (
  database: Queryable,
  team: { readonly name: string; readonly label: object; readonly place: string },
  position: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO teams (name, label, position, place) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [team.name, team.label, position, team.place],
  );
};

export const insertReason = async (
  database: Queryable,
  reason: SeedReason,
  position: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO not_ready_reasons (code, label, position, paid, maximum_minutes, roles)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [reason.code, reason.label, position, reason.paid, reason.maximumMinutes, reason.roles],
  );
};

export const insertCode = async (
  database: Queryable,
  code: { readonly code: string; readonly label: object; readonly queue: string | null },
  position: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO wrap_up_codes (code, label, queue, position) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [code.code, code.label, code.queue, position],
  );
};

export type NewDemoUser = {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly extension: string;
  readonly queues: readonly string[];
  readonly team: string | null;
  readonly password: string;
  readonly passwordHash: string;
};

export const insertDemoUser = async (database: Queryable, user: NewDemoUser): Promise<void> => {
  await database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash, demo_password, team)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      user.id,
      user.username,
      user.name,
      user.role,
      user.extension,
      user.passwordHash,
      user.password,
      user.team,
    ],
  );
  await database.query(
    'INSERT INTO queue_agents (queue, user_id) SELECT queue, $2 FROM unnest($1::text[]) AS q (queue)',
    [user.queues, user.id],
  );
};

export const listDemoUsers = (database: Queryable): Promise<DemoUsers['users']> =>
  database.query<DemoUsers['users'][number]>(
    `SELECT username, name, role, demo_password AS password, extension FROM users
     WHERE demo_password IS NOT NULL AND active ORDER BY extension`,
  );

export type NewTicket = SeedTicket & {
  readonly id: string;
  readonly customerId: string;
  readonly reference: string;
  readonly openedAt: number;
};

export const insertTickets = async (
  database: Queryable,
  tickets: readonly NewTicket[],
): Promise<void> => {
  await database.query(
    `INSERT INTO tickets (id, customer_id, reference, subject, status, priority, opened_at)
     SELECT id, "customerId", reference, subject, status, priority, "openedAt"
     FROM jsonb_to_recordset($1) AS t (id uuid, "customerId" uuid, reference text, subject text,
       status text, priority text, "openedAt" bigint)`,
    [JSON.stringify(tickets)],
  );
};

export type PastContact = SeedContact & {
  readonly customerId: string;
  readonly agentId: string;
  readonly remoteNumber: string;
  readonly remoteName: string;
  readonly journalId: string;
  readonly firstSeq: number;
};

/** Contacts of the past with their legs and the events that these are folded from. */
export const insertPastContacts = async (
  database: Queryable,
  contacts: readonly PastContact[],
): Promise<void> => {
  const projected = contacts.map((contact) => ({ ...contact, leg: projectLeg(contact.facts) }));
  await database.query(
    `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name,
       started_at, queued_at, ended_at, match, customer_id)
     SELECT id, "callKey", 'pbx', direction, queue, "remoteNumber", "remoteName", at,
       CASE WHEN queue IS NOT NULL THEN at END, "endedAt", 'exact', "customerId"
     FROM jsonb_to_recordset($1) AS c (id uuid, "callKey" text, direction text, queue text,
       "remoteNumber" text, "remoteName" text, at bigint, "endedAt" bigint, "customerId" uuid)`,
    [
      JSON.stringify(
        projected.map(({ facts: _facts, leg, ...contact }) => ({
          ...contact,
          at: leg.startedAt,
          endedAt: leg.endedAt,
        })),
      ),
    ],
  );
  await database.query(
    `INSERT INTO contact_agents (contact_id, agent_id, since)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])`,
    [
      projected.map((contact) => contact.id),
      projected.map((contact) => contact.agentId),
      projected.map((contact) => contact.leg.startedAt),
    ],
  );
  await database.query(
    `INSERT INTO legs (call_id, contact_id, agent_id, ring_ms, dial_ms, talk_ms, hold_ms, wrap_up_ms,
       handle_ms, started_at, answered_at, ended_at, finished_at, outcome, code, notes,
       wrapped_up_at, wrapped_up_by, queue, direction)
     SELECT "callId", id, "agentId", "ringMs", "dialMs", "talkMs", "holdMs", "wrapUpMs",
       "handleMs", "startedAt", "answeredAt", "endedAt", "finishedAt", outcome, code, notes,
       "wrappedUpAt", "wrappedUpBy", queue, direction
     FROM jsonb_to_recordset($1) AS g ("callId" uuid, id uuid, "agentId" uuid, "ringMs" bigint,
       "dialMs" bigint, "talkMs" bigint, "holdMs" bigint, "wrapUpMs" bigint, "handleMs" bigint,
       "startedAt" bigint, "answeredAt" bigint, "endedAt" bigint, "finishedAt" bigint,
       outcome text, code text, notes text, "wrappedUpAt" bigint, "wrappedUpBy" text, queue text,
       direction text)`,
    [
      JSON.stringify(
        projected.map(({ callId, id, agentId, leg }) => ({ ...leg, callId, id, agentId })),
      ),
    ],
  );
  await database.query(
    `INSERT INTO queue_waits (call_key, queue, entered_at, left_at, how, agent_id, target_ms, short_ms)
     SELECT k.call_key, k.queue, g.started_at, g.answered_at, 'answered', g.agent_id,
       q.service_level_ms, q.short_abandon_ms
     FROM legs g JOIN contacts k ON k.id = g.contact_id JOIN queues q ON q.name = k.queue
     WHERE g.call_id = ANY($1::uuid[]) AND g.answered_at IS NOT NULL`,
    [projected.map(({ callId }) => callId)],
  );
  await database.query(
    `INSERT INTO segments (call_id, position, kind, started_at, ended_at)
     SELECT * FROM jsonb_to_recordset($1)
       AS s ("callId" uuid, position integer, kind text, "startedAt" bigint, "endedAt" bigint)`,
    [
      JSON.stringify(
        projected.flatMap(({ callId, leg }) =>
          leg.segments.map((segment, index) => ({ ...segment, callId, position: index + 1 })),
        ),
      ),
    ],
  );
  await database.query(
    `INSERT INTO events (id, fact_id, journal_id, seq, agent_id, call_id, topic, at, written_at,
       offset_ms, received_at, fact)
     SELECT id, id, "journalId", seq, "agentId", "callId", 'ledger', at, at, 0, at, fact
     FROM jsonb_to_recordset($1) AS e (id uuid, "journalId" uuid, seq bigint, "agentId" uuid,
       "callId" uuid, at bigint, fact text)`,
    [
      JSON.stringify(
        projected.flatMap(({ facts, journalId, agentId, callId, firstSeq }) =>
          facts.map((fact, index) => ({
            id: fact.id,
            journalId,
            seq: firstSeq + index,
            agentId,
            callId,
            at: fact.at,
            fact: canonicalJson(fact),
          })),
        ),
      ),
    ],
  );
};

export type Voice = { readonly customerId: string; readonly voice: string };

export const insertVoices = async (
  database: Queryable,
  voices: readonly Voice[],
): Promise<void> => {
  await database.query(
    'INSERT INTO demo_voices (customer_id, voice) SELECT * FROM unnest($1::uuid[], $2::text[])',
    [voices.map((each) => each.customerId), voices.map((each) => each.voice)],
  );
};

export type Caller = {
  readonly name: string;
  readonly number: string;
  readonly voice: string;
};

/**
 * Somebody who can call, at random. Customers whose newest word for later calls is a no come last: their calls are neither
 * recorded nor asked about, and the demo shall show the question.
 */
export const pickCaller = async (
  database: Queryable,
  options: { readonly mayShareNumber: boolean },
): Promise<Caller | null> => {
  const [row] = await database.query<Caller>(
    `SELECT c.name, n.number, v.voice FROM demo_voices v
       JOIN customers c ON c.id = v.customer_id
       JOIN customer_numbers n ON n.customer_id = c.id AND n.position = 1
     WHERE NOT EXISTS (SELECT FROM contacts k
       WHERE k.remote_number = n.number AND k.ended_at IS NULL)
       AND ($1 OR NOT EXISTS (SELECT FROM customer_numbers o
         WHERE o.number = n.number AND o.customer_id <> c.id))
     ORDER BY COALESCE(${standingOf('c.id', 'NULL::uuid', "'infinity'::float8")}->>'kind', 'granted') <> 'granted',
       random() LIMIT 1`,
    [options.mayShareNumber],
  );
  return row ?? null;
};

/** Agents who could take a call now, per queue, and calls that nobody has answered yet. */
export const readLoad = async (
  database: Queryable,
  sinceMs: number,
): Promise<{ readonly ready: readonly string[]; readonly waiting: number }> => {
  const ready = await database.query<{ readonly queue: string }>(
    `SELECT DISTINCT q.queue FROM queue_agents q JOIN agent_standings s ON s.agent_id = q.user_id
     WHERE s.standing @> '{"signedIn": true, "wish": {"kind": "ready"}, "offers": [], "calls": [], "wrapUps": []}'
       AND jsonb_array_length(s.standing->'offers') = 0
       AND jsonb_array_length(s.standing->'calls') = 0
       AND jsonb_array_length(s.standing->'wrapUps') = 0`,
  );
  const [row] = await database.query<{ readonly waiting: number }>(
    `SELECT count(*) AS waiting FROM contacts k
     WHERE k.queued_at >= $1 AND k.ended_at IS NULL AND NOT EXISTS
       (SELECT FROM agent_calls a WHERE a.call_key = k.call_key AND a.answered_at IS NOT NULL)`,
    [sinceMs],
  );
  return { ready: ready.map((each) => each.queue), waiting: row?.waiting ?? 0 };
};
