import { createHash } from 'node:crypto';
import type { RefusedEvents } from '../../../shared/api/refused-events.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import { canonicalJson } from '../../canonical-json.ts';

/** So many are kept of each agent, the first ones; how many more there were is told. */
const keptOfAgent = 1_000;
/** Longer than the longest notes that may be written. */
const longestBody = 32_768;
const shownAtOnce = 200;

export type Refused = { readonly event: unknown; readonly id: string; readonly why: string };

export type RefusedEventStore = {
  /** Keeps what can never be taken, each thing once. */
  readonly keep: (agentId: string, refused: readonly Refused[]) => Promise<void>;
  readonly list: (agentId: string | undefined) => Promise<RefusedEvents>;
};

const rowOf = ({ event, id, why }: Refused) => {
  const text = canonicalJson(event ?? null);
  return {
    eventId: id.slice(0, 64),
    why: why.slice(0, 500),
    body: text.slice(0, longestBody),
    isCut: text.length > longestBody,
    digest: createHash('sha256').update(text).digest('hex'),
  };
};

export const createRefusedEvents = (database: Database, now: Now): RefusedEventStore => ({
  keep: async (agentId, refused) => {
    if (refused.length === 0) return;
    const rows = [...new Map(refused.map(rowOf).map((row) => [row.digest, row])).values()];
    await database.query(
      `WITH given AS (
         SELECT r."eventId", r.why, r.body, r."isCut", decode(r.digest, 'hex') AS digest
         FROM json_to_recordset($3) AS r ("eventId" text, why text, body text, "isCut" boolean, digest text)),
       again AS (
         UPDATE refused_events e SET times = e.times + 1, last_at = $2 FROM given g
         WHERE e.agent_id = $1 AND e.digest = g.digest RETURNING e.digest),
       fresh AS (
         SELECT g.*, row_number() OVER () + (SELECT count(*) FROM refused_events WHERE agent_id = $1) AS place
         FROM given g WHERE g.digest NOT IN (SELECT digest FROM again)),
       kept AS (
         INSERT INTO refused_events (agent_id, event_id, why, body, is_cut, digest, first_at, last_at)
         SELECT $1, "eventId", why, body, "isCut", digest, $2, $2 FROM fresh WHERE place <= $4
         ON CONFLICT (agent_id, digest) DO NOTHING)
       INSERT INTO refused_events_not_kept AS n (agent_id, events, last_at)
       SELECT $1, count(*), $2 FROM fresh WHERE place > $4 HAVING count(*) > 0
       ON CONFLICT (agent_id) DO UPDATE SET events = n.events + EXCLUDED.events, last_at = $2`,
      [agentId, now(), jsonRows(rows), keptOfAgent],
    );
  },
  list: async (agentId) => {
    const events = await database.query<RefusedEvents['events'][number]>(
      `SELECT agent_id AS "agentId", event_id AS "eventId", why, body, is_cut AS "isCut",
         first_at AS "firstAt", last_at AS "lastAt", times FROM refused_events
       WHERE $1::uuid IS NULL OR agent_id = $1 ORDER BY last_at DESC, id DESC LIMIT $2`,
      [agentId ?? null, shownAtOnce],
    );
    const [total] = await database.query<Pick<RefusedEvents, 'total' | 'notKept'>>(
      `SELECT (SELECT count(*) FROM refused_events WHERE $1::uuid IS NULL OR agent_id = $1) AS total,
         (SELECT coalesce(sum(events), 0)::bigint FROM refused_events_not_kept
          WHERE $1::uuid IS NULL OR agent_id = $1) AS "notKept"`,
      [agentId ?? null],
    );
    return { events, total: total?.total ?? 0, notKept: total?.notKept ?? 0 };
  },
});
