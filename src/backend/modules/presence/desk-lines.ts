import type { Queryable } from '../../database/database.ts';

/** Which desks are connected to which backend, where all backends can read it. */

/** The database's clock: backends need not agree on the time among themselves. */
const databaseNow = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Says that this backend serves desks for so long from now. */
export const beat = async (
  database: Queryable,
  backendId: string,
  forMs: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO backends (id, alive_until) VALUES ($1, ${databaseNow} + $2)
     ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until`,
    [backendId, forMs],
  );
};

/** Forgets backends that stopped without a word; answers whose desks they had. */
export const forgetSilentBackends = async (database: Queryable): Promise<readonly string[]> =>
  (
    await database.query<{ readonly userId: string }>(
      `WITH silent AS (DELETE FROM backends WHERE alive_until < ${databaseNow} RETURNING id)
       SELECT l.user_id AS "userId" FROM desk_lines l JOIN silent s ON s.id = l.backend`,
    )
  ).map((row) => row.userId);

export const forgetBackend = async (database: Queryable, backendId: string): Promise<void> => {
  await database.query('DELETE FROM backends WHERE id = $1', [backendId]);
};

/** False: this backend is not known (any more). */
export const insertLine = async (
  database: Queryable,
  backendId: string,
  userId: string,
): Promise<boolean> =>
  (
    await database.query<{ readonly known: boolean }>(
      `WITH known AS (SELECT id FROM backends WHERE id = $1 FOR KEY SHARE),
         made AS (INSERT INTO desk_lines (backend, user_id) SELECT id, $2 FROM known
           ON CONFLICT DO NOTHING)
       SELECT true AS known FROM known`,
      [backendId, userId],
    )
  ).length > 0;

export const deleteLine = async (
  database: Queryable,
  backendId: string,
  userId: string,
): Promise<void> => {
  await database.query('DELETE FROM desk_lines WHERE backend = $1 AND user_id = $2', [
    backendId,
    userId,
  ]);
};

/** Whether a backend that is alive has this user's desk. */
export const hasLine = async (database: Queryable, userId: string): Promise<boolean> =>
  (
    await database.query<{ readonly userId: string }>(
      `SELECT l.user_id AS "userId" FROM desk_lines l JOIN backends b ON b.id = l.backend
       WHERE l.user_id = $1 AND b.alive_until >= ${databaseNow} LIMIT 1`,
      [userId],
    )
  ).length > 0;

/** The same, of a backend other than this one. */
export const hasLineElsewhere = async (
  database: Queryable,
  backendId: string,
  userId: string,
): Promise<boolean> =>
  (
    await database.query<{ readonly userId: string }>(
      `SELECT l.user_id AS "userId" FROM desk_lines l JOIN backends b ON b.id = l.backend
       WHERE l.user_id = $1 AND b.id <> $2 AND b.alive_until >= ${databaseNow} LIMIT 1`,
      [userId, backendId],
    )
  ).length > 0;

/** When the desk was lost, epoch ms, for whom the last word is that it is gone; null: nothing tells. */
export const readLostAt = async (database: Queryable, agentId: string): Promise<number | null> => {
  const [row] = await database.query<{ readonly lostAt: number | null }>(
    `SELECT (event->>'lostAt')::bigint AS "lostAt" FROM agent_state_log
     WHERE agent_id = $1 AND event->>'kind' = 'app_gone' ORDER BY at DESC, revision DESC LIMIT 1`,
    [agentId],
  );
  return row?.lostAt ?? null;
};
