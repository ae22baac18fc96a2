import type { Leg, User } from '../../../shared/api/records.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import type { Queryable } from '../../database/database.ts';

export type LegRow = {
  readonly callId: string;
  readonly agent: User;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly notes: string;
  readonly facts: readonly LedgerFact[];
  readonly afterPbx: Leg['afterPbx'];
};

/** The legs of a contact with their facts, in order of time. */
export const findLegsOfContact = async (
  database: Queryable,
  contactId: string,
): Promise<readonly LegRow[]> => {
  const rows = await database.query<
    Omit<LegRow, 'facts'> & { readonly facts: readonly string[] | null }
  >(
    `SELECT g.call_id AS "callId", g.outcome, g.code, g.notes,
       json_build_object('id', u.id, 'username', u.username, 'name', u.name, 'role', u.role,
         'extension', u.extension) AS agent,
       json_build_object('offeredMs', g.offered_after_pbx_ms, 'answeredMs', g.answered_after_pbx_ms,
         'endedMs', g.ended_after_pbx_ms) AS "afterPbx",
       (SELECT array_agg(e.fact ORDER BY e.at, e.id) FROM events e
        WHERE e.call_id = g.call_id AND e.topic = 'ledger') AS facts
     FROM legs g JOIN users u ON u.id = g.agent_id
     WHERE g.contact_id = $1 ORDER BY g.started_at NULLS LAST, g.call_id`,
    [contactId],
  );
  return rows.map((row) => ({
    ...row,
    // Checked against its schema before it was stored.
    facts: (row.facts ?? []).map((fact) => JSON.parse(fact) as LedgerFact),
  }));
};
