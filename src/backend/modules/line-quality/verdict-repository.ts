import type { LineFact } from '../../../shared/api/evidence.ts';
import type { VerdictWeeks } from '../../../shared/api/line-quality.ts';
import type { NearProof } from '../../../shared/domain/line-quality/line-proof.ts';
import {
  reasonsByOthers,
  verdicts,
  type Compared,
  type Judgement,
  type LegCount,
  type Verdict,
} from '../../../shared/domain/line-quality/verdict.ts';
import type { Queryable } from '../../database/database.ts';

/** The latest that an agent's desk told of a call; null: nothing. */
export const findToldCall = async (
  database: Queryable,
  callId: string,
  agentId: string,
): Promise<LineFact | null> => {
  const [row] = await database.query<{ readonly fact: string }>(
    `SELECT fact FROM line_summaries
     WHERE call_id = $1 AND agent_id = $2 ORDER BY received_at DESC, id DESC LIMIT 1`,
    [callId, agentId],
  );
  // Checked against its schema before it was stored.
  return row === undefined ? null : (JSON.parse(row.fact) as LineFact);
};

export type KeptCount = {
  readonly id: string;
  readonly callKey: string;
  readonly leg: string;
  /** null: the customer's. */
  readonly extension: string | null;
  readonly at: number;
  readonly isBad: boolean;
  readonly count: LegCount;
};

/** Every backend is told of every leg: the first that writes it keeps it. A phone that is nobody's is of no interest. */
export const insertCount = async (database: Queryable, kept: KeptCount): Promise<void> => {
  const { id, callKey, leg, extension, at, isBad, count } = kept;
  await database.query(
    `INSERT INTO leg_counts (id, call_key, leg, extension, agent_id, at, is_bad, counts)
     SELECT $1, $2, $3, $4, u.id, $5, $6, $7
     FROM (SELECT $4::text AS extension) l LEFT JOIN users u ON u.extension = l.extension
     WHERE l.extension = '' OR u.id IS NOT NULL
     ON CONFLICT (call_key, leg) DO NOTHING`,
    [id, callKey, leg, extension ?? '', at, isBad, JSON.stringify(count)],
  );
};

/** This agent's leg of the call (null: the customer's), the one that was worst, else the latest. null: none was told. */
export const findCount = async (
  database: Queryable,
  callKey: string,
  agentId: string | null,
): Promise<LegCount | null> => {
  const [row] = await database.query<{ readonly counts: string }>(
    `SELECT counts FROM leg_counts
     WHERE call_key = $1 AND CASE WHEN $2::uuid IS NULL THEN extension = '' ELSE agent_id = $2 END
     ORDER BY is_bad DESC, at DESC LIMIT 1`,
    [callKey, agentId],
  );
  // Written by `insertCount`.
  return row === undefined ? null : (JSON.parse(row.counts) as LegCount);
};

export type Span = { readonly from: number; readonly to: number };

/** Desks of others that had a call in this time, and those of them that heard one badly. */
export const compareDesks = async (
  database: Queryable,
  agentId: string,
  { from, to }: Span,
): Promise<Compared> => {
  const [row] = await database.query<Compared>(
    `SELECT count(DISTINCT agent_id) AS count,
            count(DISTINCT agent_id) FILTER (WHERE is_bad) AS bad
     FROM line_verdicts WHERE agent_id <> $1 AND ended_at >= $2 AND began_at <= $3`,
    [agentId, from, to],
  );
  return row ?? { count: 0, bad: 0 };
};

/** Other customers whose leg ended in this time. */
export const compareCustomers = async (
  database: Queryable,
  callKey: string,
  { from, to }: Span,
): Promise<Compared> => {
  const [row] = await database.query<Compared>(
    `SELECT count(DISTINCT call_key) AS count,
            count(DISTINCT call_key) FILTER (WHERE is_bad) AS bad
     FROM leg_counts WHERE extension = '' AND call_key <> $1 AND at BETWEEN $2 AND $3`,
    [callKey, from, to],
  );
  return row ?? { count: 0, bad: 0 };
};

export type KeptVerdict = Judgement & {
  readonly callId: string;
  readonly agentId: string;
  readonly callKey: string;
  readonly beganAt: number;
  readonly endedAt: number;
  readonly isBad: boolean;
  readonly otherDesks: Compared;
  readonly otherCustomers: Compared;
  readonly proofs: readonly NearProof[];
};

export const saveVerdict = async (database: Queryable, kept: KeptVerdict): Promise<void> => {
  const { otherDesks, otherCustomers } = kept;
  await database.query(
    `INSERT INTO line_verdicts
       (call_id, agent_id, call_key, began_at, ended_at, is_bad, verdict, reason, compared, proofs)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (call_id, agent_id) DO UPDATE SET call_key = excluded.call_key,
       began_at = excluded.began_at, ended_at = excluded.ended_at, is_bad = excluded.is_bad,
       verdict = excluded.verdict, reason = excluded.reason, compared = excluded.compared,
       proofs = excluded.proofs`,
    [
      ...[kept.callId, kept.agentId, kept.callKey, kept.beganAt, kept.endedAt, kept.isBad],
      ...[kept.verdict, kept.reason, JSON.stringify({ otherDesks, otherCustomers })],
      JSON.stringify(kept.proofs),
    ],
  );
};

type CallOfAgent = { readonly callId: string; readonly agentId: string };

/** Of one call as all who had it heard it. */
export const listJudgedOf = (
  database: Queryable,
  callKey: string,
): Promise<readonly CallOfAgent[]> =>
  database.query<CallOfAgent>(
    'SELECT call_id AS "callId", agent_id AS "agentId" FROM line_verdicts WHERE call_key = $1',
    [callKey],
  );

/** This agent's calls of this time. The latest first. */
export const listJudgedWithin = (
  database: Queryable,
  agentId: string,
  { from, to }: Span,
  limit: number,
): Promise<readonly CallOfAgent[]> =>
  database.query<CallOfAgent>(
    `SELECT call_id AS "callId", agent_id AS "agentId" FROM line_verdicts
     WHERE agent_id = $1 AND ended_at >= $2 AND began_at <= $3
     ORDER BY ended_at DESC LIMIT $4`,
    [agentId, from, to, limit],
  );

/** Calls of this time about which it decides how others fared. The latest first. */
export const listByOthers = (
  database: Queryable,
  { from, to }: Span,
  limit: number,
): Promise<readonly CallOfAgent[]> =>
  database.query<CallOfAgent>(
    `SELECT call_id AS "callId", agent_id AS "agentId" FROM line_verdicts
     WHERE reason = ANY ($1) AND ended_at >= $2 AND began_at <= $3
     ORDER BY ended_at DESC LIMIT $4`,
    [reasonsByOthers, from, to, limit],
  );

/** By call and agent of a contact. */
export const listVerdictsOf = async (
  database: Queryable,
  contactId: string,
): Promise<ReadonlyMap<string, Omit<KeptVerdict, 'beganAt' | 'endedAt' | 'isBad'>>> => {
  type Row = Judgement &
    Pick<KeptVerdict, 'callId' | 'agentId' | 'callKey'> & {
      readonly compared: string;
      readonly proofs: string;
    };
  const rows = await database.query<Row>(
    `SELECT v.call_id AS "callId", v.agent_id AS "agentId", v.call_key AS "callKey", v.verdict,
            v.reason, v.compared, v.proofs
     FROM legs g JOIN line_verdicts v ON v.call_id = g.call_id AND v.agent_id = g.agent_id
     WHERE g.contact_id = $1`,
    [contactId],
  );
  return new Map(
    rows.map(({ compared, proofs, ...row }) => [
      row.callId,
      // Both were written by `saveVerdict`.
      {
        ...row,
        ...(JSON.parse(compared) as Pick<KeptVerdict, 'otherDesks' | 'otherCustomers'>),
        proofs: JSON.parse(proofs) as KeptVerdict['proofs'],
      },
    ]),
  );
};

const isVerdict = (text: string): text is Verdict => verdicts.some((each) => each === text);

/** Calls by verdict, agent by agent and week by week. `agentIds`: of these alone; null: of everybody. */
export const listVerdictWeeks = async (
  database: Queryable,
  agentIds: readonly string[] | null,
  { from, to }: Span,
  zone: string,
): Promise<VerdictWeeks> => {
  type Row = {
    readonly agentId: string;
    readonly name: string;
    readonly week: string;
    readonly verdict: string;
    readonly calls: number;
  };
  const rows = await database.query<Row>(
    `SELECT v.agent_id AS "agentId", u.name, v.verdict, count(*) AS calls,
            to_char(date_trunc('week', to_timestamp(v.ended_at / 1000.0) AT TIME ZONE $4),
                    'YYYY-MM-DD') AS week
     FROM line_verdicts v JOIN users u ON u.id = v.agent_id
     WHERE v.ended_at >= $2 AND v.ended_at < $3 AND ($1::uuid[] IS NULL OR v.agent_id = ANY ($1))
     GROUP BY 1, 2, 3, 5 ORDER BY u.name, v.agent_id, week`,
    [agentIds, from, to, zone],
  );
  const lines = new Map<string, VerdictWeeks['lines'][number]>();
  for (const { agentId, name, week, verdict, calls } of rows) {
    const key = `${agentId} ${week}`;
    const line = lines.get(key) ?? { agentId, name, week, verdicts: {} };
    if (isVerdict(verdict))
      lines.set(key, { ...line, verdicts: { ...line.verdicts, [verdict]: calls } });
  }
  return { zone, lines: [...lines.values()] };
};
