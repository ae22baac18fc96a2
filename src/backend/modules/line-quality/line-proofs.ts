import type { ProofEvent, ProofFact } from '../../../shared/api/evidence.ts';
import type { ShiftCheckFact } from '../../../shared/api/shift-checks.ts';
import type { LineProof } from '../../../shared/domain/line-quality/line-proof.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { storeToldOnce, type Refused, type ToldTable } from './told-once.ts';

/** What desks proved of themselves while there was no call. */
export type LineProofs = {
  /** Each is stored once; answers those that say something else under an id that is known. */
  readonly take: (agentId: string, events: readonly ProofEvent[]) => Promise<readonly Refused[]>;
};

type Needs = { readonly database: Database; readonly now: Now };

const table: ToldTable = {
  insert: `INSERT INTO line_proofs (id, agent_id, at, received_at, fact)
    SELECT id, $1, at, $2, fact FROM json_to_recordset($3) AS t (id uuid, at bigint, fact text)
    ON CONFLICT (id) DO NOTHING`,
  differing: `SELECT DISTINCT t.id FROM json_to_recordset($2) AS t (id uuid, fact text)
    LEFT JOIN line_proofs s ON s.id = t.id AND s.agent_id = $1 AND s.fact = t.fact
    WHERE s.id IS NULL`,
};

export const createLineProofs = ({ database, now }: Needs): LineProofs => ({
  take: (agentId, events) => {
    const rows = events.map(({ id, body: { fact } }) => ({ id, at: fact.at, fact }));
    return storeToldOnce(database, table, agentId, rows, now());
  },
});

/** What a phone sends in a second. */
const packetsPerSecond = 50;

/** The ten seconds of line in a shift-start check are a proof call as well. */
const proofOfCheck = ({ at, measured: { line } }: ShiftCheckFact): readonly LineProof[] => {
  const proof = { what: 'media_path', at } as const;
  if (line?.state === 'no_sound') return [{ ...proof, cause: 'no_media_path', path: null }];
  if (line?.state !== 'measured') return [];
  const { seconds, roundTripMs, jitterMs, lossPercent } = line;
  if (jitterMs === null || lossPercent === null) return [];
  const packetsSent = Math.round(seconds * packetsPerSecond);
  const packetsReceived = Math.round(packetsSent * (1 - lossPercent / 100));
  // Its loss is the worse of both directions.
  const path = { roundTripMs, jitterMs, lossPercent, sentLossPercent: null };
  return [{ ...proof, cause: null, path: { ...path, packetsSent, packetsReceived } }];
};

/** What this agent's desks proved within this time. */
export const findProofs = async (
  database: Queryable,
  agentId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly LineProof[]> => {
  const rows = await database.query<{ readonly fact: string }>(
    `SELECT fact FROM line_proofs WHERE agent_id = $1 AND at BETWEEN $2 AND $3
     UNION ALL SELECT fact FROM shift_checks WHERE agent_id = $1 AND at BETWEEN $2 AND $3`,
    [agentId, from, to],
  );
  return rows.flatMap((row): readonly LineProof[] => {
    // Checked against its schema before it was stored.
    const fact = JSON.parse(row.fact) as ProofFact | ShiftCheckFact;
    if (fact.kind === 'shift_check') return proofOfCheck(fact);
    const { what, at, cause, path } = fact;
    return [{ what, at, cause, path }];
  });
};
