import type { CallBack, CallBackStanding } from '../../../shared/domain/call-back/call-back.ts';
import type { CallBackState, CallBackKind } from '../../../shared/domain/call-back/call-back.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

type StoredCallBack = {
  readonly id: string;
  readonly kind: CallBackKind;
  readonly state: CallBackState;
  readonly number: string;
  readonly note: string;
  readonly dueAt: number;
  readonly createdBy: string;
  readonly owner: string | null;
  readonly queue: string | null;
  readonly contactId: string | null;
  readonly customerId: string | null;
  readonly attempts: number;
  readonly offeredTo: string | null;
  readonly offeredUntil: number | null;
  readonly passed: readonly string[];
  readonly passedAt: number | null;
  readonly callId: string | null;
  readonly overAt: number | null;
  readonly revision: number;
};

export type KnownCallBack = Pick<
  StoredCallBack,
  'id' | 'number' | 'note' | 'createdBy' | 'contactId' | 'customerId' | 'revision'
> & { readonly callBack: CallBack };

const standingOf = (row: StoredCallBack): CallBackStanding => {
  const { state, offeredTo, offeredUntil, callId, overAt } = row;
  // The table's own checks say which of these are there.
  switch (state) {
    case 'offered':
      return { state, to: offeredTo ?? '', until: offeredUntil ?? 0 };
    case 'calling':
      return { state, callId: callId ?? '' };
    case 'done':
    case 'cancelled':
    case 'exhausted':
      return { state, at: overAt ?? 0 };
    case 'scheduled':
    case 'taken':
    case 'attempted':
      return { state };
  }
};

const knownOf = (row: StoredCallBack): KnownCallBack => {
  const { id, number, note, createdBy, contactId, customerId, revision } = row;
  const { kind, dueAt, owner, queue, attempts, passed, passedAt } = row;
  return {
    ...{ id, number, note, createdBy, contactId, customerId, revision },
    callBack: {
      ...{ kind, dueAt, owner, queue, attempts, passed, passedAt },
      standing: standingOf(row),
    },
  };
};

const storedColumns = `b.id, b.kind, b.state, b.number, b.note, b.due_at AS "dueAt", b.created_by AS "createdBy",
  b.owner_id AS owner, b.queue, b.contact_id AS "contactId", b.customer_id AS "customerId", b.attempts,
  b.offered_to AS "offeredTo", b.offered_until AS "offeredUntil", b.passed, b.passed_at AS "passedAt",
  b.call_id AS "callId", b.over_at AS "overAt", b.revision`;

/** Locks it until the transaction ends; null: there is none. */
export const lockCallBack = async (
  transaction: Transaction,
  id: string,
): Promise<KnownCallBack | null> => {
  const [row] = await transaction.query<StoredCallBack>(
    `SELECT ${storedColumns} FROM call_backs b WHERE b.id = $1 FOR UPDATE`,
    [id],
  );
  return row === undefined ? null : knownOf(row);
};

/** The same, or null where another transaction has it: somebody is at it already. */
export const lockCallBackIfFree = async (
  transaction: Transaction,
  id: string,
): Promise<KnownCallBack | null> => {
  const [row] = await transaction.query<StoredCallBack>(
    `SELECT ${storedColumns} FROM call_backs b WHERE b.id = $1 FOR UPDATE SKIP LOCKED`,
    [id],
  );
  return row === undefined ? null : knownOf(row);
};

export type NewCallBack = Pick<
  StoredCallBack,
  'id' | 'kind' | 'number' | 'note' | 'dueAt' | 'createdBy' | 'owner' | 'queue'
> &
  Pick<StoredCallBack, 'contactId' | 'customerId'> & { readonly createdAt: number };

/** False: this id was used before. */
export const insertCallBack = async (
  transaction: Transaction,
  given: NewCallBack,
): Promise<boolean> =>
  (
    await transaction.query<object>(
      `INSERT INTO call_backs (id, kind, state, number, note, due_at, created_by, created_at, owner_id, queue,
         contact_id, customer_id)
       VALUES ($1, $2, 'scheduled', $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING RETURNING 1`,
      [
        ...[given.id, given.kind, given.number, given.note, given.dueAt, given.createdBy],
        ...[given.createdAt, given.owner, given.queue, given.contactId, given.customerId],
      ],
    )
  ).length > 0;

export const saveCallBack = async (
  transaction: Transaction,
  { id, number, note, callBack }: Pick<KnownCallBack, 'id' | 'number' | 'note' | 'callBack'>,
): Promise<void> => {
  const { standing } = callBack;
  const isOffered = standing.state === 'offered';
  await transaction.query(
    `UPDATE call_backs SET state = $2, number = $3, note = $4, due_at = $5, owner_id = $6, attempts = $7,
       offered_to = $8, offered_until = $9, passed = $10, passed_at = $11, call_id = $12, over_at = $13,
       revision = revision + 1 WHERE id = $1`,
    [
      ...[id, standing.state, number, note, callBack.dueAt, callBack.owner, callBack.attempts],
      ...[isOffered ? standing.to : null, isOffered ? standing.until : null],
      ...[callBack.passed, callBack.passedAt],
      standing.state === 'calling' ? standing.callId : null,
      'at' in standing ? standing.at : null,
    ],
  );
};

/** The one that is offered to this agent now; null: none is. */
export const findOfferedTo = async (
  database: Queryable,
  agentId: string,
): Promise<string | null> => {
  const [row] = await database.query<{ readonly id: string }>(
    `SELECT id FROM call_backs WHERE state = 'offered' AND offered_to = $1`,
    [agentId],
  );
  return row?.id ?? null;
};

export type Attempt = {
  readonly callId: string;
  readonly callBackId: string;
  readonly callKey: string;
  readonly agentId: string;
  readonly at: number;
};

/** False: it is known. */
export const insertAttempt = async (transaction: Transaction, given: Attempt): Promise<boolean> =>
  (
    await transaction.query<object>(
      `INSERT INTO call_back_attempts (call_id, call_back_id, call_key, agent_id, at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`,
      [given.callId, given.callBackId, given.callKey, given.agentId, given.at],
    )
  ).length > 0;

/** Which of these legs are attempts that go on as far as is known, and of what. */
export const findOpenAttempts = (
  database: Queryable,
  callIds: readonly string[],
): Promise<readonly Pick<Attempt, 'callId' | 'callBackId'>[]> =>
  callIds.length === 0
    ? Promise.resolve([])
    : database.query(
        `SELECT call_id AS "callId", call_back_id AS "callBackId" FROM call_back_attempts
         WHERE call_id = ANY($1) AND outcome IS NULL ORDER BY call_back_id, at`,
        [callIds],
      );

export const endAttempt = async (
  transaction: Transaction,
  callId: string,
  outcome: string,
  answeredAt: number | null,
): Promise<void> => {
  await transaction.query(
    'UPDATE call_back_attempts SET outcome = $2, answered_at = $3 WHERE call_id = $1',
    [callId, outcome, answeredAt],
  );
};
