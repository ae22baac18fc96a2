import type { Queryable, Transaction } from '../../database/database.ts';
import type { DemoUsers } from '../../../shared/api/routes.ts';
import { canonicalJson } from '../ledger/canonical-json.ts';
import { projectLeg } from '../ledger/leg-projection.ts';
import { saveLeg } from '../ledger/ledger-repository.ts';
import type { SeedContact } from './seed-contacts.ts';
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

export const insertReason = async (
  database: Queryable,
  reason: { readonly code: string; readonly label: object },
  position: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO not_ready_reasons (code, label, position) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [reason.code, reason.label, position],
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
  readonly password: string;
  readonly passwordHash: string;
};

export const insertDemoUser = async (database: Queryable, user: NewDemoUser): Promise<void> => {
  await database.query(
    `INSERT INTO users (id, username, name, role, extension, password_hash, demo_password)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      user.id,
      user.username,
      user.name,
      user.role,
      user.extension,
      user.passwordHash,
      user.password,
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

export const insertTicket = async (
  database: Queryable,
  ticket: SeedTicket & {
    readonly id: string;
    readonly customerId: string;
    readonly reference: string;
    readonly openedAt: number;
  },
): Promise<void> => {
  await database.query(
    `INSERT INTO tickets (id, customer_id, reference, subject, status, priority, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ticket.id,
      ticket.customerId,
      ticket.reference,
      ticket.subject,
      ticket.status,
      ticket.priority,
      ticket.openedAt,
    ],
  );
};

export type PastContact = SeedContact & {
  readonly customerId: string;
  readonly agentId: string;
  readonly remoteNumber: string;
  readonly remoteName: string;
  readonly journalId: string;
};

/** A contact of the past with its leg and the events that it is folded from. */
export const insertPastContact = async (
  database: Queryable,
  contact: PastContact,
  firstSeq: number,
): Promise<void> => {
  const [first] = contact.facts;
  const last = contact.facts.at(-1);
  if (first === undefined || last === undefined) return;
  await database.query(
    `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name,
       started_at, queued_at, ended_at, match, customer_id)
     VALUES ($1, $2, 'pbx', $3, $4, $5, $6, $7, $8, $9, 'exact', $10)`,
    [
      contact.id,
      contact.callKey,
      contact.direction,
      contact.queue,
      contact.remoteNumber,
      contact.remoteName,
      first.at,
      contact.queue === null ? null : first.at,
      contact.facts.find((fact) => fact.kind === 'ended')?.at ?? last.at,
      contact.customerId,
    ],
  );
  await database.query(
    'INSERT INTO contact_agents (contact_id, agent_id, since) VALUES ($1, $2, $3)',
    [contact.id, contact.agentId, first.at],
  );
  await database.query('INSERT INTO legs (call_id, contact_id, agent_id) VALUES ($1, $2, $3)', [
    contact.callId,
    contact.id,
    contact.agentId,
  ]);
  await database.query(
    `INSERT INTO events (id, fact_id, journal_id, seq, agent_id, call_id, topic, at, written_at,
       offset_ms, received_at, fact)
     SELECT f.id, f.id, $1, $2 + f.n, $3, $4, 'ledger', f.at, f.at, 0, f.at, f.fact
     FROM unnest($5::uuid[], $6::bigint[], $7::text[]) WITH ORDINALITY AS f (id, at, fact, n)`,
    [
      contact.journalId,
      firstSeq,
      contact.agentId,
      contact.callId,
      contact.facts.map((fact) => fact.id),
      contact.facts.map((fact) => fact.at),
      contact.facts.map(canonicalJson),
    ],
  );
  await saveLeg(database, contact.callId, projectLeg(contact.facts));
};

export const insertVoice = async (
  database: Queryable,
  customerId: string,
  voice: string,
): Promise<void> => {
  await database.query('INSERT INTO demo_voices (customer_id, voice) VALUES ($1, $2)', [
    customerId,
    voice,
  ]);
};

export type Caller = {
  readonly name: string;
  readonly number: string;
  readonly voice: string;
};

/** Somebody who can call, at random. */
export const pickCaller = async (database: Queryable): Promise<Caller | null> => {
  const [row] = await database.query<Caller>(
    `SELECT c.name, n.number, v.voice FROM demo_voices v
       JOIN customers c ON c.id = v.customer_id
       JOIN customer_numbers n ON n.customer_id = c.id AND n.position = 1
     WHERE NOT EXISTS (SELECT FROM contacts k
       WHERE k.remote_number = n.number AND k.ended_at IS NULL)
     ORDER BY random() LIMIT 1`,
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
