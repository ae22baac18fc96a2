import type { CheckShown, ShiftCheck } from '../../../shared/api/shift-checks.ts';
import type { ShiftCheckEvent } from '../../../shared/api/evidence.ts';
import type { CheckVerdict } from '../../../shared/domain/shift-check/verdict.ts';
import type { Queryable } from '../../database/database.ts';

type Told = {
  readonly agentId: string;
  readonly event: ShiftCheckEvent;
  readonly verdict: CheckVerdict;
  readonly receivedAt: number;
  /** The fact as text that two senders write alike. */
  readonly text: string;
};

/** False: the id is known with other content. */
export const insertCheck = async (
  database: Queryable,
  { agentId, event, verdict, receivedAt, text }: Told,
): Promise<boolean> => {
  const { id, journalId, body } = event;
  await database.query(
    `INSERT INTO shift_checks
       (id, agent_id, journal_id, at, received_at, word, first, skipped, fact)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
    [
      ...[id, agentId, journalId, body.fact.at, receivedAt, verdict.word],
      ...[verdict.first?.what ?? null, verdict.skipped, text],
    ],
  );
  const [kept] = await database.query<{ readonly isSame: boolean }>(
    'SELECT fact = $2 AND agent_id = $3 AS "isSame" FROM shift_checks WHERE id = $1',
    [id, text, agentId],
  );
  return kept?.isSame === true;
};

/** The latest first. */
export const listChecksOf = async (
  database: Queryable,
  agentId: string,
  limit: number,
): Promise<readonly ShiftCheck[]> => {
  const rows = await database.query<
    Omit<ShiftCheck, 'measured' | 'id'> & { readonly fact: string; readonly id: string }
  >(
    `SELECT id, at, word, first, skipped, fact FROM shift_checks WHERE agent_id = $1
     ORDER BY at DESC, id DESC LIMIT $2`,
    [agentId, limit],
  );
  return rows.map(({ fact, ...row }) => ({
    ...row,
    // Checked against its schema before it was stored.
    measured: (JSON.parse(fact) as { readonly measured: ShiftCheck['measured'] }).measured,
  }));
};

/** The latest of each of these agents, where it is not older than `since`. */
export const listLatestChecks = async (
  database: Queryable,
  agentIds: readonly string[],
  since: number,
): Promise<ReadonlyMap<string, CheckShown>> => {
  const rows = await database.query<CheckShown & { readonly agentId: string }>(
    `SELECT a.id AS "agentId", c.at, c.word, c.first
     FROM unnest($1::uuid[]) AS a (id) CROSS JOIN LATERAL (
       SELECT at, word, first FROM shift_checks
       WHERE agent_id = a.id AND at >= $2 ORDER BY at DESC, id DESC LIMIT 1) c`,
    [agentIds, since],
  );
  return new Map(rows.map(({ agentId, ...check }) => [agentId, check]));
};

export const deleteChecksBefore = async (database: Queryable, at: number): Promise<void> => {
  await database.query('DELETE FROM shift_checks WHERE at < $1', [at]);
};
