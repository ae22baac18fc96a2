import type { ReportContact } from '../../../shared/api/report-sheet.ts';
import type { DrillDown, LegOrder } from '../../../shared/domain/reporting/drill-down.ts';
import type { ReportSubject } from '../../../shared/domain/reporting/figures.ts';
import type { Queryable } from '../../database/database.ts';
import type { Sight } from './report-sight.ts';

export type ContactsAsked = Sight & {
  readonly drill: DrillDown;
  readonly by: ReportSubject;
  /** null: of all lines together. */
  readonly key: string | null;
  readonly from: number;
  readonly to: number;
  readonly cause: string | null;
  /** Behind which the page begins. */
  readonly after: { readonly place: number; readonly id: string } | null;
  readonly limit: number;
};

export type ContactsRow = Omit<ReportContact, 'who'> & {
  /** What the list is in order of, the largest first. */
  readonly place: number;
  readonly customerName: string | null;
  /** As the call brought it; empty: none. */
  readonly remoteName: string;
  readonly number: string;
};

const waitConditions: Readonly<Record<Extract<DrillDown, { rows: 'waits' }>['which'], string>> = {
  all: 'true',
  answered: `w.how = 'answered'`,
  abandoned: `w.how = 'abandoned'`,
  abandoned_short: `w.how = 'abandoned' AND w.wait_ms < w.short_ms`,
  abandoned_long: `w.how = 'abandoned' AND w.wait_ms >= w.short_ms`,
  otherwise: `w.how IN ('timed_out', 'transferred', 'vanished')`,
  // What `serviceLevel` divides by without what it counts as in time.
  late: `NOT (w.how IS NOT DISTINCT FROM 'abandoned' AND w.wait_ms < w.short_ms)
    AND NOT (w.how IS NOT DISTINCT FROM 'answered' AND w.wait_ms <= w.target_ms)`,
};

const surveyConditions: Readonly<Record<Extract<DrillDown, { rows: 'surveys' }>['which'], string>> =
  {
    all: 'true',
    answered: 's.answered_at IS NOT NULL',
    unanswered: 's.answered_at IS NULL',
    csat: `s.kind = 'csat' AND s.score IS NOT NULL`,
    csat_low: `s.kind = 'csat' AND s.score < 4`,
    nps: `s.kind = 'nps' AND s.score IS NOT NULL`,
    nps_low: `s.kind = 'nps' AND s.score < 9`,
    resolved: 's.resolved IS NOT NULL',
    unresolved: 's.resolved = false',
  };

const legOrders: Readonly<Record<LegOrder, string>> = {
  time: 'g.finished_at',
  handle: 'g.talk_ms + g.consult_ms + g.hold_ms + g.wrap_up_ms',
  talk: 'g.talk_ms',
  consult: 'g.consult_ms',
  hold: 'g.hold_ms',
  wrap_up: 'g.wrap_up_ms',
  dial: 'g.dial_ms',
};

/** Values: $1 from, $2 to, $3 agents, $4 queues, $5 key, $6 now, $7 and $8 the place behind which it begins, $9 limit. */
const keyOf: Readonly<Record<ReportSubject, string>> = {
  total: 'true',
  agent: 'x.agent_id = $5::uuid',
  team: `x.agent_id IN (SELECT id FROM users WHERE coalesce(team, '') = $5::text)`,
  queue: `coalesce(x.queue, '') = $5::text`,
  code: `coalesce(x.code, '') = $5::text`,
};

const seen = `($3::uuid[] IS NULL OR x.agent_id = ANY($3::uuid[]))
  AND ($4::text[] IS NULL OR x.queue = ANY($4::text[]))`;

/** Of whom an index by agent and time is read. */
const everyone = `coalesce($3::uuid[], ARRAY(SELECT id FROM users))`;

const nothing = {
  how: 'NULL::text',
  wait_ms: 'NULL::bigint',
  code: 'NULL::text',
  handle_ms: 'NULL::bigint',
  part_ms: 'NULL::bigint',
  cause: 'NULL::text',
  survey: 'NULL::json',
};

type Source = typeof nothing & {
  readonly from: string;
  readonly where: string;
  readonly id: string;
  readonly contact: string;
  readonly at: string;
  readonly place: string;
  readonly queue: string;
  readonly agent: string;
};

const sourceOf = (drill: DrillDown): Source => {
  switch (drill.rows) {
    case 'waits': {
      const at = drill.counted === 'entered' ? 'w.entered_at' : 'w.left_at';
      const waited = 'coalesce(w.wait_ms, greatest(0, $6::bigint - w.entered_at))';
      return {
        ...nothing,
        from: `queue_waits w LEFT JOIN contacts k ON k.call_key = w.call_key`,
        where: `${waitConditions[drill.which]}
          ${drill.counted === 'left' ? `AND w.how IN ('answered', 'abandoned')` : ''}`,
        id: `w.id::text`,
        contact: 'k.id',
        at,
        place: drill.which === 'all' || drill.which === 'late' ? waited : at,
        queue: 'w.queue',
        agent: 'w.agent_id',
        how: 'w.how',
        wait_ms: waited,
      };
    }
    case 'handled': {
      const order = legOrders[drill.order];
      return {
        ...nothing,
        from: 'legs g JOIN contacts k ON k.id = g.contact_id',
        where: `g.agent_id = ANY(${everyone}) AND g.answered_at IS NOT NULL AND g.direction IS NOT NULL
          ${drill.which === 'transferred' ? `AND g.outcome = 'transferred'` : ''}
          ${drill.order === 'time' || drill.order === 'handle' ? '' : `AND ${order} > 0`}`,
        id: 'g.call_id::text',
        contact: 'k.id',
        at: 'g.finished_at',
        place: order,
        queue: 'g.queue',
        agent: 'g.agent_id',
        how: 'g.outcome',
        code: 'g.code',
        handle_ms: legOrders.handle,
        part_ms: drill.order === 'time' || drill.order === 'handle' ? nothing.part_ms : order,
      };
    }
    case 'missed':
      return {
        ...nothing,
        from: 'missed_offers m JOIN contacts k ON k.id = m.contact_id',
        where: drill.which === 'counted' ? 'm.counted' : 'true',
        id: 'm.id::text',
        contact: 'k.id',
        at: 'm.at',
        place: 'm.at',
        queue: 'm.queue',
        agent: 'm.agent_id',
        wait_ms: 'm.at - m.offered_at',
        cause: 'm.cause',
      };
    case 'surveys':
      return {
        ...nothing,
        from: 'survey_answers s JOIN contacts k ON k.id = s.contact_id',
        where: surveyConditions[drill.which],
        id: 's.contact_id::text',
        contact: 'k.id',
        at: 's.asked_at',
        // The lowest scores first, the latest of them before the others; without a score at the end.
        place: `(11 - coalesce(s.score, 11)) * 10000000000000 + s.asked_at`,
        queue: 's.queue',
        agent: 's.agent_id',
        survey: `json_build_object('kind', s.kind, 'score', s.score, 'resolved', s.resolved)`,
      };
    case 'repeated':
      return {
        ...nothing,
        from: 'first_contacts f JOIN contacts k ON k.id = f.contact_id',
        where: `f.agent_id = ANY(${everyone}) AND f.repeated`,
        id: 'f.contact_id::text',
        contact: 'k.id',
        at: 'f.finished_at',
        place: 'f.finished_at',
        queue: 'f.queue',
        agent: 'f.agent_id',
        code: `nullif(f.code, '')`,
      };
  }
};

/** A page of them, with one more that tells whether there is a next one. */
export const listReportContacts = (
  database: Queryable,
  asked: ContactsAsked,
  now: number,
): Promise<readonly ContactsRow[]> => {
  const { drill, by, key, from, to, agentIds, queues, cause, after, limit } = asked;
  const source = sourceOf(drill);
  return database.query<ContactsRow>(
    `SELECT x.id, x.contact_id AS "contactId", x.at, x.queue, x.how, x.wait_ms AS "waitMs", x.code,
       x.handle_ms AS "handleMs", x.part_ms AS "partMs", x.cause, x.survey, x.place,
       CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS agent,
       c.name AS "customerName", coalesce(k.remote_name, '') AS "remoteName", coalesce(k.remote_number, '') AS number
     FROM (
       SELECT x.* FROM (
         SELECT ${source.id} AS id, ${source.contact} AS contact_id, ${source.at} AS at,
           ${source.place} AS place, ${source.queue} AS queue, ${source.agent} AS agent_id,
           ${source.how} AS how, ${source.wait_ms} AS wait_ms, ${source.code} AS code,
           ${source.handle_ms} AS handle_ms, ${source.part_ms} AS part_ms, ${source.cause} AS cause, ${source.survey} AS survey
         FROM ${source.from} WHERE ${source.at} >= $1::bigint AND ${source.at} < $2::bigint
           AND ${source.where}) x
       WHERE ${seen} AND ($5::text IS NULL OR ${keyOf[by]}) AND ($10::text IS NULL OR x.cause = $10)
         AND ($6::bigint IS NOT NULL)
         AND ($7::bigint IS NULL OR (x.place, x.id) < ($7::bigint, $8::text))
       ORDER BY x.place DESC, x.id DESC LIMIT $9) x
     LEFT JOIN contacts k ON k.id = x.contact_id
     LEFT JOIN customers c ON c.id = k.customer_id
     LEFT JOIN users u ON u.id = x.agent_id
     ORDER BY x.place DESC, x.id DESC`,
    [
      from,
      to,
      agentIds,
      queues,
      key,
      now,
      after?.place ?? null,
      after?.id ?? null,
      limit + 1,
      cause,
    ],
  );
};
