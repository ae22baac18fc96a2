import {
  deedTransition,
  newDeed,
  type Deed,
  type DeedEvent,
  type DeedKind,
} from '../../../shared/domain/deed/deed.ts';
import type { FailureKind } from '../../connectors/failure.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import type { DeedContent, Placed } from './deed-content.ts';

export type DeedRow = Deed & {
  readonly id: string;
  readonly kind: DeedKind;
  readonly contactId: string;
  readonly connectionId: string;
  readonly madeBy: string | null;
  readonly madeAt: number;
  /** Content as it should stand there, and as the attempt sends it. */
  readonly body: unknown;
  readonly attemptBody: unknown;
  readonly leaseId: string | null;
  readonly leaseUntil: number | null;
  readonly doneAt: number | null;
  readonly failedAt: number | null;
  readonly failure: FailureKind | null;
  readonly failureText: string | null;
  readonly externalType: string | null;
  readonly externalId: string | null;
  readonly reference: string | null;
  readonly url: string | null;
};

export type Lease = { readonly id: string; readonly until: number };

const columns = `d.id, d.kind, d.contact_id AS "contactId", d.connection_id AS "connectionId", d.made_by AS "madeBy",
  d.made_at AS "madeAt", d.body, d.attempt_body AS "attemptBody", d.wanted, d.done, d.attempt, d.state,
  d.may_exist AS "mayExist", d.attempts, d.failing_since AS "failingSince", d.next_at AS "nextAt",
  d.lease_id AS "leaseId", d.lease_until AS "leaseUntil", d.done_at AS "doneAt", d.failed_at AS "failedAt",
  d.failure, d.failure_text AS "failureText", d.external_type AS "externalType",
  d.external_id AS "externalId", d.reference, d.url`;

/** The row after an event; what an attempt sends is kept as long as it may still turn out to stand there. */
export const deedAfter = (row: DeedRow, event: DeedEvent, lease: Lease | null = null): DeedRow => {
  const { state, wanted, done, attempt, mayExist, attempts, failingSince, nextAt } = deedTransition(
    row,
    event,
  );
  const isSame = attempt === row.attempt && row.attemptBody !== null;
  const isSending = state === 'sending';
  return {
    ...row,
    ...{ state, wanted, done, attempt, mayExist, attempts, failingSince, nextAt },
    attemptBody: attempt === null ? null : isSame ? row.attemptBody : row.body,
    leaseId: isSending ? (lease?.id ?? row.leaseId) : null,
    leaseUntil: isSending ? (lease?.until ?? row.leaseUntil) : null,
  };
};

export const withPlaced = (row: DeedRow, { ref, reference, url }: Placed, at: number): DeedRow => ({
  ...row,
  doneAt: at,
  failure: null,
  failureText: null,
  externalType: ref?.type ?? row.externalType,
  externalId: ref?.id ?? row.externalId,
  reference: reference ?? row.reference,
  url: url ?? row.url,
});

export type NewDeed = DeedContent & {
  readonly id: string;
  readonly contactId: string;
  readonly connectionId: string;
  readonly madeBy: string | null;
  readonly madeAt: number;
  readonly dueAt: number;
  /** It is sent at once, by whoever holds this. */
  readonly lease: Lease | null;
};

/** Answers false where its id is taken. */
export const insertDeed = async (database: Queryable, given: NewDeed): Promise<boolean> => {
  const { lease, dueAt, kind, body, ...rest } = given;
  const fresh: DeedRow = {
    ...rest,
    ...{ kind, body, attemptBody: null, leaseId: null, leaseUntil: null, doneAt: null },
    ...{ failedAt: null, failure: null, failureText: null },
    ...{ externalType: null, externalId: null, reference: null, url: null },
    ...newDeed(dueAt),
  };
  const row = lease === null ? fresh : deedAfter(fresh, { kind: 'claim', at: dueAt }, lease);
  const made = await database.query<object>(
    `INSERT INTO deeds (id, kind, contact_id, connection_id, made_by, made_at, body, attempt_body, wanted, attempt, state,
       next_at, lease_id, lease_until)
     SELECT id, kind, contact_id, connection_id, made_by, made_at, body, attempt_body, wanted, attempt, state, next_at,
       lease_id, lease_until
     FROM json_to_recordset($1) AS r (id uuid, kind text, contact_id uuid, connection_id uuid, made_by uuid,
       made_at bigint, body jsonb, attempt_body jsonb, wanted integer, attempt integer, state text, next_at bigint,
       lease_id uuid, lease_until bigint)
     ON CONFLICT (id) DO NOTHING RETURNING 1`,
    [
      jsonRows([
        {
          ...{ id: row.id, kind, contact_id: row.contactId, connection_id: row.connectionId },
          ...{ made_by: row.madeBy, made_at: row.madeAt, body, attempt_body: row.attemptBody },
          ...{ wanted: row.wanted, attempt: row.attempt, state: row.state, next_at: row.nextAt },
          ...{ lease_id: row.leaseId, lease_until: row.leaseUntil },
        },
      ]),
    ],
  );
  return made.length > 0;
};

/** All that changes in the life of a deed. */
export const saveDeed = async (transaction: Transaction, row: DeedRow): Promise<void> => {
  const bodies = jsonRows([{ body: row.body, attempt_body: row.attemptBody }]);
  await transaction.query(
    `UPDATE deeds SET state = $2, wanted = $3, done = $4, attempt = $5, may_exist = $6, attempts = $7,
       failing_since = $8, next_at = $9, lease_id = $10, lease_until = $11, done_at = $12, failed_at = $13,
       failure = $14, failure_text = $15, external_type = $16, external_id = $17, reference = $18, url = $19,
       body = r.body, attempt_body = r.attempt_body
     FROM json_to_recordset($20) AS r (body jsonb, attempt_body jsonb) WHERE id = $1`,
    [
      ...[row.id, row.state, row.wanted, row.done, row.attempt, row.mayExist, row.attempts],
      ...[row.failingSince, row.nextAt, row.leaseId, row.leaseUntil, row.doneAt, row.failedAt],
      ...[row.failure, row.failureText, row.externalType, row.externalId, row.reference, row.url],
      bodies,
    ],
  );
};

export const findDeed = async (database: Queryable, deedId: string): Promise<DeedRow | null> => {
  const [row] = await database.query<DeedRow>(`SELECT ${columns} FROM deeds d WHERE d.id = $1`, [
    deedId,
  ]);
  return row ?? null;
};

/** Held until the transaction ends. */
export const lockDeed = async (
  transaction: Transaction,
  deedId: string,
): Promise<DeedRow | null> => {
  const [row] = await transaction.query<DeedRow>(
    `SELECT ${columns} FROM deeds d WHERE d.id = $1 FOR UPDATE`,
    [deedId],
  );
  return row ?? null;
};

/** That are due, the ones that failed least first: what never goes well holds nothing up. Locked; none that another holds. */
export const lockDue = (
  transaction: Transaction,
  due: {
    readonly connectionId: string;
    readonly at: number;
    readonly held: readonly DeedKind[];
    readonly limit: number;
  },
): Promise<readonly DeedRow[]> =>
  transaction.query<DeedRow>(
    `SELECT ${columns} FROM deeds d
     WHERE d.connection_id = $1 AND d.state = 'waiting' AND d.next_at <= $2 AND d.kind <> ALL($3::text[])
     ORDER BY d.attempts, d.next_at LIMIT $4 FOR UPDATE SKIP LOCKED`,
    [due.connectionId, due.at, due.held, due.limit],
  );

/** Whose sender is gone without a word. */
export const lockLost = (
  transaction: Transaction,
  at: number,
  limit: number,
): Promise<readonly DeedRow[]> =>
  transaction.query<DeedRow>(
    `SELECT ${columns} FROM deeds d WHERE d.state = 'sending' AND d.lease_until < $1
     ORDER BY d.lease_until LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [at, limit],
  );

/** Connections that are switched on and have something that is due. */
export const listDueConnections = async (
  database: Queryable,
  at: number,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly id: string }>(
      `SELECT c.id FROM connections c WHERE c.is_enabled AND EXISTS (
         SELECT FROM deeds d WHERE d.connection_id = c.id AND d.state = 'waiting' AND d.next_at <= $1)
       ORDER BY c.position, c.id`,
      [at],
    )
  ).map(({ id }) => id);

export type Pending = {
  readonly news: boolean;
  /** When something is due next; null: nothing waits. */
  readonly nextAt: number | null;
};

/** What there is to do, whenever; what is held back by its connection is not. */
export const findPending = async (database: Queryable): Promise<Pending> => {
  const [row] = await database.query<Pending>(
    `SELECT EXISTS (SELECT FROM call_log_news) AS news, least(
       (SELECT min(greatest(w.next_at, coalesce(g.closed_until, 0)))
        FROM connections c LEFT JOIN deed_gates g ON g.connection_id = c.id
        CROSS JOIN LATERAL (SELECT min(d.next_at) AS next_at FROM deeds d
          WHERE d.connection_id = c.id AND d.state = 'waiting'
            AND (g.held IS NULL OR g.held_revision <> c.revision OR d.kind <> ALL(g.held))) w
        WHERE c.is_enabled),
       (SELECT min(lease_until) + 1 FROM deeds WHERE state = 'sending')) AS "nextAt"`,
  );
  return row ?? { news: false, nextAt: null };
};

export type DeedTold = Pick<
  DeedRow,
  | 'id'
  | 'kind'
  | 'contactId'
  | 'connectionId'
  | 'state'
  | 'madeAt'
  | 'doneAt'
  | 'nextAt'
  | 'failure'
  | 'failureText'
  | 'attempts'
  | 'reference'
  | 'url'
  | 'madeBy'
> & {
  readonly connection: string;
  readonly connector: string;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly subject: string | null;
};

const told = `SELECT d.id, d.kind, d.contact_id AS "contactId", d.connection_id AS "connectionId", d.state,
    d.made_at AS "madeAt", d.done_at AS "doneAt", d.next_at AS "nextAt", d.failure, d.failure_text AS "failureText",
    d.attempts, d.reference, d.url, d.made_by AS "madeBy", c.name AS connection, c.connector,
    CASE WHEN u.id IS NULL THEN NULL ELSE json_build_object('id', u.id, 'name', u.name) END AS by,
    d.body->>'subject' AS subject
  FROM deeds d JOIN connections c ON c.id = d.connection_id LEFT JOIN users u ON u.id = d.made_by`;

export const readDeed = async (database: Queryable, deedId: string): Promise<DeedTold | null> => {
  const [row] = await database.query<DeedTold>(`${told} WHERE d.id = $1`, [deedId]);
  return row ?? null;
};

/** The oldest first. */
export const listDeedsOf = (database: Queryable, contactId: string): Promise<readonly DeedTold[]> =>
  database.query<DeedTold>(`${told} WHERE d.contact_id = $1 ORDER BY d.made_at, d.id`, [contactId]);

/** What failed last first. */
export const listDead = (database: Queryable, limit: number): Promise<readonly DeedTold[]> =>
  database.query<DeedTold>(
    `${told} WHERE d.state = 'dead' ORDER BY d.failed_at DESC NULLS LAST, d.id LIMIT $1`,
    [limit],
  );

/** How many deeds of which connection wait, are dead. */
export const countDeeds = (
  database: Queryable,
): Promise<
  readonly { readonly connectionId: string; readonly waiting: number; readonly dead: number }[]
> =>
  database.query(
    `SELECT connection_id AS "connectionId", count(*) FILTER (WHERE state IN ('waiting', 'sending')) AS waiting,
       count(*) FILTER (WHERE state = 'dead') AS dead
     FROM deeds WHERE state IN ('waiting', 'sending', 'dead') GROUP BY connection_id ORDER BY connection_id`,
  );
