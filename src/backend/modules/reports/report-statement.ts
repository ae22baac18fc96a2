import { ofNoAgentSums, type ReportSubject } from '../../../shared/domain/reporting/figures.ts';
import { namedSumsOf, sumColumns, sumsOf } from './sum-columns.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

/** All sums, of which only these are there. */
const only = (sums: RegExp, alias: string): string =>
  sumColumns.replaceAll(/\w+/gu, (column) =>
    sums.test(column) ? `${alias}.${column}` : `0 AS ${column}`,
  );
const timeSums = /^(?:ready|reserved|engaged|after_call|not_ready)_ms$/u;
const legSums = /^(?:handled|transferred|talk_ms|consult_ms|hold_ms|wrap_up_ms|dial_ms)$/u;
const firstContactSums = /^first_/u;

/** What a line is of: how it is grouped by, and the text of it. */
const keyOf: Readonly<Record<ReportSubject, readonly [group: string, text: string]>> = {
  total: [`''::text`, 'key'],
  agent: ['c.agent_id', 'key::text'],
  team: [`coalesce(u.team, '')`, 'key'],
  queue: ['c.queue', 'key'],
  code: ['c.code', 'key'],
};

/** A value that a variant of the statement does not use has a type all the same. */
const withTypes = (statement: string): string =>
  `WITH given AS (SELECT $1::bigint, $2::bigint, $3::bigint[], $4::uuid[], $5::bigint, $6::bigint, $7::text[], $8::int)
   ${statement}`;

/**
 * From $1 to $2, $3: the bounds of the intervals, $4: agents, $5: now, $6: limit, $7: queues, $8: minutes of the roll-ups.
 */
const statementOf = (by: ReportSubject, someAgents: boolean): string => {
  const byAgent = someAgents || by === 'agent' || by === 'team';
  const agents = someAgents ? 'AND agent_id = ANY($4::uuid[])' : '';
  const keys = byAgent
    ? `agent_id, queue, '' AS code, cause`
    : `'${nobody}'::uuid AS agent_id, queue, code, cause`;
  const cells = (from: string, condition: string) =>
    `SELECT bucket, ${keys}, ${sumColumns} FROM ${from}
     WHERE bucket >= $1::bigint AND bucket < $2::bigint ${condition} ${agents}`;
  const rollups = byAgent ? 'report_rollups' : 'report_queue_rollups';
  // The state that an agent is in now has no end in the log yet.
  const open = `SELECT t.bucket, s.agent_id, '' AS queue, '' AS code, '' AS cause, ${only(timeSums, 't')}
     FROM agent_standings s
     CROSS JOIN LATERAL (SELECT l.at, l.state->>'state' AS state FROM agent_state_log l
       WHERE l.agent_id = s.agent_id ORDER BY l.revision DESC LIMIT 1) l
     CROSS JOIN LATERAL report_of_time(l.state, greatest(l.at, $1::bigint), least($5::bigint, $2::bigint)) t
     WHERE s.standing->>'signedIn' = 'true' ${agents.replace('agent_id', 's.agent_id')}`;
  const withTime = by === 'queue' || by === 'code' ? '' : `UNION ALL ${open}`;
  const narrowed = [
    ...(by === 'agent' || by === 'team' ? [`c.agent_id <> '${nobody}'`] : []),
    ...(by === 'queue' ? ['($7::text[] IS NULL OR c.queue = ANY($7::text[]))'] : []),
  ];
  const [group, text] = keyOf[by];
  const cut = `SELECT c.*, width_bucket(c.bucket, $3::bigint[]) AS place
      FROM (${cells(rollups, 'AND step = $8::int')} UNION ALL ${cells('report_deltas', '')} ${withTime}) c
      ${narrowed.length > 0 ? `WHERE ${narrowed.join(' AND ')}` : ''}`;
  // Teams are told from agents when those are summed up: sorting every cell by its team would take the disk.
  const counted =
    by === 'team'
      ? `SELECT c.*, ${group} AS key FROM (
           SELECT place, agent_id, cause, ${sumsOf('c')} FROM (${cut}) c GROUP BY place, agent_id, cause) c
         JOIN users u ON u.id = c.agent_id`
      : `SELECT c.*, ${group} AS key FROM (${cut}) c`;
  return withTypes(`SELECT place, ${text} AS key, cause, ${namedSumsOf('c', byAgent ? ofNoAgentSums : [])}
    FROM (${counted}) c
    GROUP BY place, c.key, cause ORDER BY place, c.key, cause LIMIT $6::bigint`);
};

/** Codes of some agents: there are few enough legs to read them themselves. The same values as above. */
const codesOfAgents =
  withTypes(`SELECT width_bucket(c.bucket, $3::bigint[]) AS place, c.code AS key, '' AS cause,
    ${namedSumsOf('c', [])}
  FROM (
    SELECT d.bucket, d.code, ${only(legSums, 'd')}
    FROM legs g CROSS JOIN LATERAL report_of_leg(g) d
    WHERE g.agent_id = ANY($4::uuid[]) AND g.finished_at >= $1::bigint AND g.finished_at < $2::bigint
      AND d.handled = 1
    UNION ALL
    SELECT d.bucket, d.code, ${only(firstContactSums, 'd')}
    FROM first_contacts f CROSS JOIN LATERAL report_of_first_contact(f) d
    WHERE f.agent_id = ANY($4::uuid[]) AND f.finished_at >= $1::bigint AND f.finished_at < $2::bigint) c
  GROUP BY 1, 2 ORDER BY 1, 2 LIMIT $6::bigint`);

const statements = new Map<string, string>();

/** The text is the same for the same question, so that it is prepared once. */
export const sumsStatement = (by: ReportSubject, someAgents: boolean): string => {
  if (by === 'code' && someAgents) return codesOfAgents;
  const name = `${by} ${String(someAgents)}`;
  const statement = statements.get(name) ?? statementOf(by, someAgents);
  statements.set(name, statement);
  return statement;
};
