import type { LineEvent, LineFact } from '../../../shared/api/evidence.ts';
import type { LineSummaryView } from '../../../shared/api/line-quality.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';

/** How well calls were heard, as the agents' desks told when they were over. */
export type LineSummaries = {
  /** Each is stored once; answers those that say something else under an id that is known. */
  readonly take: (
    agentId: string,
    events: readonly LineEvent[],
  ) => Promise<readonly { readonly id: string; readonly why: string }[]>;
};

type Needs = { readonly database: Database; readonly now: Now };

export const createLineSummaries = ({ database, now }: Needs): LineSummaries => ({
  take: async (agentId, events) => {
    const refused: { readonly id: string; readonly why: string }[] = [];
    for (const { id, body } of events) {
      const { fact } = body;
      const text = canonicalJson(fact);
      await database.query(
        `INSERT INTO line_summaries (id, agent_id, call_id, at, received_at, fact)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
        [id, agentId, fact.callId, fact.at, now(), text],
      );
      const [kept] = await database.query<{ readonly isSame: boolean }>(
        'SELECT fact = $2 AND agent_id = $3 AS "isSame" FROM line_summaries WHERE id = $1',
        [id, text, agentId],
      );
      if (kept?.isSame !== true)
        refused.push({ id, why: 'this id was stored before with other content' });
    }
    return refused;
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
