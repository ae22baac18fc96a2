import type { ReportSubject } from '../../../shared/domain/reporting/figures.ts';
import type { Sums } from '../../../shared/domain/reporting/sums.ts';
import type { Queryable } from '../../database/database.ts';
import { sumsStatement } from './report-statement.ts';

/** What a report adds up; `bounds` are where its intervals begin, and where the last one ends. */
export type SumsAsked = {
  readonly by: ReportSubject;
  readonly bounds: readonly number[];
  /** null: everybody. */
  readonly agentIds: readonly string[] | null;
  /** null: all. */
  readonly queues: readonly string[] | null;
  readonly now: number;
  readonly limit: number;
};

export type SumsRow = {
  /** The interval, from 1. */
  readonly place: number;
  readonly key: string;
  readonly cause: string;
} & Sums;

const hourMs = 3_600_000;

/** One statement: whatever is being folded meanwhile, each delta is read once. */
export const readSums = (database: Queryable, asked: SumsAsked): Promise<readonly SumsRow[]> => {
  const { by, bounds, agentIds, queues, now, limit } = asked;
  const step = bounds.every((bound) => bound % hourMs === 0) ? 60 : 15;
  return database.query<SumsRow>(sumsStatement(by, agentIds !== null), [
    ...[bounds[0], bounds.at(-1), bounds, agentIds, now, limit, queues, step],
  ]);
};

export type LongestRow = {
  readonly place: number;
  readonly queue: string;
  readonly waitMs: number;
};

/**
 * The longest wait of each queue and interval, read where it is: a maximum cannot be corrected as a sum can, and the
 * index has it first.
 */
export const readLongestWaits = (
  database: Queryable,
  { bounds, queues, now }: Pick<SumsAsked, 'bounds' | 'queues' | 'now'>,
): Promise<readonly LongestRow[]> =>
  database.query<LongestRow>(
    `SELECT width_bucket(w.bucket, $3::bigint[]) AS place, w.queue, max(w.wait_ms) AS "waitMs"
     FROM (
       SELECT b.bucket, b.queue, l.wait_ms FROM (
         SELECT bucket, queue FROM report_queue_rollups
         WHERE step = 15 AND bucket >= $1::bigint AND bucket < $2::bigint AND code = '' AND cause = '' AND offered <> 0
         UNION SELECT bucket, queue FROM report_deltas
         WHERE bucket >= $1::bigint AND bucket < $2::bigint AND offered > 0) b
       CROSS JOIN LATERAL (
         SELECT q.wait_ms FROM queue_waits q WHERE q.queue = b.queue AND q.bucket = b.bucket
           AND q.wait_ms IS NOT NULL
         ORDER BY q.wait_ms DESC NULLS LAST LIMIT 1) l
       UNION ALL
       SELECT bucket, queue, greatest(0, $4::bigint - entered_at) FROM queue_waits
       WHERE left_at IS NULL AND bucket >= $1::bigint AND bucket < $2::bigint) w
     WHERE $5::text[] IS NULL OR w.queue = ANY($5)
     GROUP BY 1, 2`,
    [bounds[0], bounds.at(-1), bounds, now, queues],
  );

/** What the keys of a report's lines are called. */
export const readNames = async (
  database: Queryable,
  by: ReportSubject,
): Promise<ReadonlyMap<string, string>> => {
  const statement: Readonly<Record<ReportSubject, string | null>> = {
    total: null,
    agent: 'SELECT id::text AS key, name FROM users',
    team: `SELECT name AS key, label->>'en' AS name FROM teams`,
    queue: `SELECT name AS key, label->>'en' AS name FROM queues`,
    code: `SELECT code AS key, label->>'en' AS name FROM wrap_up_codes`,
  };
  const text = statement[by];
  if (text === null) return new Map();
  const rows = await database.query<{ readonly key: string; readonly name: string }>(text);
  return new Map(rows.map(({ key, name }) => [key, name]));
};

export const listAgentsOfTeam = async (
  database: Queryable,
  team: string,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly id: string }>('SELECT id FROM users WHERE team = $1', [team])
  ).map(({ id }) => id);

/** Queues that somebody of the team serves. */
export const listQueuesOfTeam = async (
  database: Queryable,
  team: string,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly queue: string }>(
      `SELECT DISTINCT a.queue FROM queue_agents a JOIN users u ON u.id = a.user_id
       WHERE u.team = $1`,
      [team],
    )
  ).map(({ queue }) => queue);
