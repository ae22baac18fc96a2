import type { LineEvent, LineFact } from '../../../shared/api/evidence.ts';
import type { LineSummaryView } from '../../../shared/api/line-quality.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { storeToldOnce, type Refused, type ToldTable } from './told-once.ts';

/** How well calls were heard, as the agents' desks told when they were over. */
export type LineSummaries = {
  /** Each is stored once; answers those that say something else under an id that is known. */
  readonly take: (agentId: string, events: readonly LineEvent[]) => Promise<readonly Refused[]>;
};

type Needs = { readonly database: Database; readonly now: Now };

const table: ToldTable = {
  insert: `INSERT INTO line_summaries (id, agent_id, call_id, at, received_at, fact)
    SELECT id, $1, "callId", at, $2, fact
    FROM json_to_recordset($3) AS t (id uuid, "callId" uuid, at bigint, fact text)
    ON CONFLICT (id) DO NOTHING`,
  differing: `SELECT DISTINCT t.id FROM json_to_recordset($2) AS t (id uuid, fact text)
    LEFT JOIN line_summaries s ON s.id = t.id AND s.agent_id = $1 AND s.fact = t.fact
    WHERE s.id IS NULL`,
};

export const createLineSummaries = ({ database, now }: Needs): LineSummaries => ({
  take: (agentId, events) => {
    const rows = events.map(({ id, body: { fact } }) => {
      const { callId, at } = fact;
      return { id, callId, at, fact };
    });
    return storeToldOnce(database, table, agentId, rows, now());
  },
});

/** By call id: of each leg the latest that its own agent's desk told. */
export const findLinesOf = async (
  database: Queryable,
  contactId: string,
): Promise<ReadonlyMap<string, LineSummaryView>> => {
  const rows = await database.query<{ readonly callId: string; readonly fact: string }>(
    `SELECT g.call_id AS "callId", s.fact FROM legs g
       JOIN line_summaries s ON s.call_id = g.call_id AND s.agent_id = g.agent_id
     WHERE g.contact_id = $1 ORDER BY s.received_at, s.id`,
    [contactId],
  );
  return new Map(
    rows.map(({ callId, fact }) => {
      // Checked against its schema before it was stored.
      const {
        kind: _kind,
        id: _id,
        callId: _call,
        callKey: _key,
        at: _at,
        ...summary
      } = JSON.parse(fact) as LineFact;
      return [callId, summary];
    }),
  );
};
