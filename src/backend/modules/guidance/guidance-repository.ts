import type { GuidanceEvent, ScriptMovedFact } from '../../../shared/api/guidance.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Queryable, Transaction } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';

type Kind = 'script' | 'verification';

export type GuidanceItem<Content = object> = {
  readonly code: string;
  readonly version: number;
  readonly content: Content;
};

/** The newest version of each. */
export const listNewest = <Content = object>(
  database: Queryable,
  kind: Kind,
): Promise<readonly GuidanceItem<Content>[]> =>
  database.query<GuidanceItem<Content>>(
    `SELECT code, version, content FROM (SELECT DISTINCT ON (code) code, version, content, position
       FROM guidance_items WHERE kind = $1 ORDER BY code, version DESC) newest
     ORDER BY position, code`,
    [kind],
  );

/** These versions, as far as there are such. */
export const findItems = <Content>(
  database: Queryable,
  kind: Kind,
  wanted: readonly Pick<GuidanceItem, 'code' | 'version'>[],
): Promise<readonly GuidanceItem<Content>[]> =>
  wanted.length === 0
    ? Promise.resolve([])
    : database.query<GuidanceItem<Content>>(
        `SELECT i.code, i.version, i.content FROM guidance_items i
         WHERE i.kind = $1 AND (i.code, i.version) IN
           (SELECT code, version FROM json_to_recordset($2) AS w (code text, version integer))
         ORDER BY i.code, i.version`,
        [kind, jsonRows(wanted.map(({ code, version }) => ({ code, version })))],
      );

/** What says something else than before is a new version. */
export const saveItem = async (
  transaction: Transaction,
  item: {
    readonly kind: Kind;
    readonly code: string;
    readonly content: object;
    readonly position: number;
  },
): Promise<void> => {
  const { kind, code, content, position } = item;
  const [before] = await transaction.query<{ readonly version: number; readonly content: object }>(
    `SELECT version, content FROM guidance_items WHERE kind = $1 AND code = $2
     ORDER BY version DESC LIMIT 1`,
    [kind, code],
  );
  const isSame = before !== undefined && canonicalJson(before.content) === canonicalJson(content);
  const version = (before?.version ?? 0) + (isSame ? 0 : 1);
  await transaction.query(
    `INSERT INTO guidance_items (kind, code, version, content, position, made_at)
     VALUES ($1, $2, $3, $4, $5, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
     ON CONFLICT (kind, code, version) DO UPDATE SET position = excluded.position`,
    [kind, code, version, JSON.stringify(content), position],
  );
};

const rowsOf = (events: readonly GuidanceEvent[]): string =>
  jsonRows(
    events.map(({ id, body: { fact } }) => ({
      id,
      callKey: fact.callKey,
      attempt: fact.kind === 'verification_pressed' ? fact.attempt : null,
      at: fact.at,
      fact: canonicalJson(fact),
    })),
  );

/** Stores each once; answers the ids of those that are new, and of those that say something else than what is stored. */
export const insertFacts = async (
  transaction: Transaction,
  agentId: string,
  events: readonly GuidanceEvent[],
  receivedAt: number,
): Promise<{ readonly fresh: ReadonlySet<string>; readonly differing: readonly string[] }> => {
  const rows = rowsOf(events);
  const fresh = await transaction.query<{ readonly id: string }>(
    `INSERT INTO guidance_facts (id, agent_id, call_key, attempt, at, received_at, fact)
     SELECT id, $1, "callKey", attempt, at, $2, fact FROM json_to_recordset($3)
       AS t (id uuid, "callKey" text, attempt uuid, at bigint, fact text)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [agentId, receivedAt, rows],
  );
  const differing = await transaction.query<{ readonly id: string }>(
    `SELECT DISTINCT t.id FROM json_to_recordset($2) AS t (id uuid, fact text)
       LEFT JOIN guidance_facts f ON f.id = t.id AND f.agent_id = $1 AND f.fact = t.fact
     WHERE f.id IS NULL`,
    [agentId, rows],
  );
  return { fresh: new Set(fresh.map(({ id }) => id)), differing: differing.map(({ id }) => id) };
};

/** A fact counts where its agent has a part in the call. */
export const hasPart = (table: string): string =>
  `EXISTS (SELECT FROM contacts pk JOIN contact_agents pa ON pa.contact_id = pk.id
     WHERE pk.call_key = ${table}.call_key AND pa.agent_id = ${table}.agent_id)`;

export type MoveRow = {
  readonly fact: ScriptMovedFact;
  readonly agent: { readonly id: string; readonly name: string };
};

/** What was pressed in scripts in this contact, in the order of time. */
export const findMoves = async (
  database: Queryable,
  contactId: string,
): Promise<readonly MoveRow[]> => {
  const rows = await database.query<Omit<MoveRow, 'fact'> & { readonly fact: string }>(
    `SELECT f.fact, json_build_object('id', u.id, 'name', u.name) AS agent
     FROM contacts k JOIN guidance_facts f ON f.call_key = k.call_key JOIN users u ON u.id = f.agent_id
     WHERE k.id = $1 AND f.attempt IS NULL AND ${hasPart('f')} ORDER BY f.at, f.id`,
    [contactId],
  );
  // Checked against its schema before it was stored.
  return rows.map(({ fact, agent }) => ({ agent, fact: JSON.parse(fact) as ScriptMovedFact }));
};

/** Everything that was pressed of a customer, and what it came to, is gone; answers how many rows. */
export const eraseGuidance = async (
  transaction: Transaction,
  customerId: string,
  contactIds: readonly string[],
): Promise<number> => {
  const attempts = await transaction.query<{ readonly id: string }>(
    `DELETE FROM verification_attempts WHERE customer_id = $1
       OR call_key IN (SELECT call_key FROM contacts WHERE id = ANY($2)) RETURNING id`,
    [customerId, contactIds],
  );
  const facts = await transaction.query<object>(
    `DELETE FROM guidance_facts WHERE attempt = ANY($1)
       OR call_key IN (SELECT call_key FROM contacts WHERE id = ANY($2)) RETURNING 1`,
    [attempts.map(({ id }) => id), contactIds],
  );
  return attempts.length + facts.length;
};
