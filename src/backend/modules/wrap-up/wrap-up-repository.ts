import type { WrapUpCode } from '../../../shared/api/records.ts';
import type { KeptDraft, PutDraft, WrapUpRulesView } from '../../../shared/api/wrap-ups.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import type { WrapUpMode } from '../../../shared/domain/wrap-up/wrap-up-rules.ts';
import type { Queryable } from '../../database/database.ts';

type CodeRow = Omit<WrapUpCode, 'parent'> & { readonly parent: string | null };

export const listWrapUpCodes = async (database: Queryable): Promise<readonly WrapUpCode[]> =>
  (
    await database.query<CodeRow>(
      'SELECT code, label, queue, parent FROM wrap_up_codes WHERE active ORDER BY position, code',
    )
  ).map(({ parent, ...code }) => (parent === null ? code : { ...code, parent }));

type FieldRow = WrapUpRulesView['fields'][number] & { readonly queue: string };
type RulesRow = {
  readonly queue: string;
  readonly mode: WrapUpMode;
  readonly seconds: number | null;
  readonly extendSeconds: number;
  readonly maximumExtensions: number;
  readonly maximumCodes: number;
  readonly defaultCode: string | null;
};

/** How the queues want their wrap-ups, as far as that differs from the usual. */
export const listWrapUpRules = async (database: Queryable): Promise<readonly WrapUpRulesView[]> => {
  const rows = await database.query<RulesRow>(
    `SELECT q.name AS queue, q.wrap_up_mode AS mode, q.wrap_up_seconds AS seconds,
         q.wrap_up_extend_seconds AS "extendSeconds",
         q.wrap_up_maximum_extensions AS "maximumExtensions",
         q.wrap_up_maximum_codes AS "maximumCodes", q.wrap_up_default_code AS "defaultCode"
       FROM queues q
       WHERE q.wrap_up_mode <> 'required' OR q.wrap_up_maximum_codes > 1
         OR EXISTS (SELECT FROM wrap_up_fields f WHERE f.queue = q.name)
       ORDER BY q.position, q.name`,
  );
  const fields = await database.query<FieldRow>(
    `SELECT queue, key, label, kind, required, maximum_length AS "maxLength", choices, payment
     FROM wrap_up_fields ORDER BY queue, position, key`,
  );
  return rows.map((row) => ({
    ...row,
    seconds: row.seconds ?? 0,
    fields: fields
      .filter(({ queue }) => queue === row.queue)
      .map(({ queue: _queue, payment, ...field }) => (payment ? { ...field, payment } : field)),
  }));
};

const usedWithinMs = 30 * 86_400_000;
const usedLimit = 12;

/** The codes that this agent chose most in the last month, the most used first. */
export const listUsedCodes = async (
  database: Queryable,
  agentId: string,
  now: number,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly code: string }>(
      `SELECT code FROM legs
       WHERE agent_id = $1 AND finished_at >= $2 AND code IS NOT NULL AND wrapped_up_by = 'agent'
       GROUP BY code ORDER BY count(*) DESC, code LIMIT $3`,
      [agentId, now - usedWithinMs, usedLimit],
    )
  ).map(({ code }) => code);

export type LegOfWrapUp = {
  readonly callId: string;
  readonly callKey: string;
  readonly contactId: string;
  readonly agentId: string;
  readonly queue: string | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly wrappedUpAt: number | null;
  /** A leg to a colleague for a customer's sake, or to the own mailbox. */
  readonly owesNothing: boolean;
};

/** null: there is no such leg. */
export const findLegOfWrapUp = async (
  database: Queryable,
  callId: string,
): Promise<LegOfWrapUp | null> => {
  const [row] = await database.query<LegOfWrapUp>(
    `SELECT g.call_id AS "callId", k.call_key AS "callKey", k.id AS "contactId",
       g.agent_id AS "agentId", k.queue, g.answered_at AS "answeredAt", g.ended_at AS "endedAt",
       g.wrapped_up_at AS "wrappedUpAt", g.is_consult OR g.is_mailbox AS "owesNothing"
     FROM legs g JOIN contacts k ON k.id = g.contact_id WHERE g.call_id = $1`,
    [callId],
  );
  return row ?? null;
};

export type OwedRow = {
  readonly callId: string;
  readonly callKey: string;
  readonly contactId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly extension: string;
  readonly team: string | null;
  readonly queue: string | null;
  readonly remoteNumber: string;
  readonly remoteName: string;
  readonly endedAt: number;
  readonly draft: Omit<KeptDraft, 'revision'> | null;
  readonly revision: number | null;
};

const owed = `g.answered_at IS NOT NULL AND g.ended_at IS NOT NULL AND g.wrapped_up_at IS NULL
  AND NOT g.is_consult AND NOT g.is_mailbox`;
const owedColumns = `g.call_id AS "callId", k.call_key AS "callKey", k.id AS "contactId",
  u.id AS "agentId", u.name AS "agentName", u.extension, u.team, k.queue,
  k.remote_number AS "remoteNumber", k.remote_name AS "remoteName", g.ended_at AS "endedAt",
  d.draft, d.revision`;
const owedFrom = `FROM legs g JOIN contacts k ON k.id = g.contact_id JOIN users u ON u.id = g.agent_id
  LEFT JOIN wrap_up_drafts d ON d.call_id = g.call_id AND d.agent_id = g.agent_id`;

/** The oldest first; `agentId` null: everybody's. */
export const listOwed = (
  database: Queryable,
  agentId: string | null,
  limit: number,
): Promise<readonly OwedRow[]> =>
  agentId === null
    ? database.query<OwedRow>(
        `SELECT ${owedColumns} ${owedFrom} WHERE ${owed} ORDER BY g.ended_at, g.call_id LIMIT $1`,
        [limit],
      )
    : database.query<OwedRow>(
        `SELECT ${owedColumns} ${owedFrom} WHERE ${owed} AND g.agent_id = $2
         ORDER BY g.ended_at, g.call_id LIMIT $1`,
        [limit, agentId],
      );

export const draftOf = (row: Pick<OwedRow, 'draft' | 'revision'>): KeptDraft | null =>
  row.draft === null || row.revision === null ? null : { ...row.draft, revision: row.revision };

/** Of these legs of the agent, those whose wrap-up is complete. */
export const findWrappedUp = async (
  database: Queryable,
  agentId: string,
  callIds: readonly string[],
): Promise<readonly string[]> =>
  callIds.length === 0
    ? []
    : (
        await database.query<{ readonly callId: string }>(
          `SELECT call_id AS "callId" FROM legs WHERE call_id = ANY($1::uuid[]) AND agent_id = $2
             AND wrapped_up_at IS NOT NULL`,
          [callIds, agentId],
        )
      ).map(({ callId }) => callId);

/** False: a newer one stands, or the agent has no such leg, or its wrap-up is complete. */
export const putDraft = async (
  database: Queryable,
  callId: string,
  agentId: string,
  { revision, ...draft }: PutDraft,
): Promise<boolean> =>
  (
    await database.query<{ readonly callId: string }>(
      `INSERT INTO wrap_up_drafts AS d (call_id, agent_id, revision, draft)
       SELECT g.call_id, g.agent_id, $3::bigint, $4::jsonb FROM legs g
       WHERE g.call_id = $1 AND g.agent_id = $2 AND g.wrapped_up_at IS NULL
       ON CONFLICT (call_id) DO UPDATE SET revision = excluded.revision, draft = excluded.draft
         WHERE d.revision < excluded.revision
       RETURNING call_id AS "callId"`,
      [callId, agentId, revision, draft],
    )
  ).length > 0;

export const findDraft = async (database: Queryable, callId: string): Promise<KeptDraft | null> => {
  const [row] = await database.query<Pick<OwedRow, 'draft' | 'revision'>>(
    'SELECT draft, revision FROM wrap_up_drafts WHERE call_id = $1',
    [callId],
  );
  return row === undefined ? null : draftOf(row);
};

export const dropDrafts = async (
  database: Queryable,
  callIds: readonly string[],
): Promise<void> => {
  await database.query('DELETE FROM wrap_up_drafts WHERE call_id = ANY($1::uuid[])', [callIds]);
};

export const findFactsOf = async (
  database: Queryable,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LedgerFact[]>> => {
  const rows = await database.query<{ readonly callId: string; readonly fact: string }>(
    `SELECT call_id AS "callId", fact FROM events
     WHERE call_id = ANY($1::uuid[]) AND topic = 'ledger' ORDER BY at, id`,
    [callIds],
  );
  const facts = new Map<string, LedgerFact[]>();
  for (const { callId, fact } of rows) {
    // Checked against its schema before it was stored.
    facts.set(callId, [...(facts.get(callId) ?? []), JSON.parse(fact) as LedgerFact]);
  }
  return facts;
};
