import type {
  CallBackPage,
  CallBackQuery,
  CallBackView,
  DeskCallBacks,
} from '../../../shared/api/call-backs.ts';
import type { User } from '../../../shared/api/records.ts';
import { timeZoneOf } from '../../../shared/domain/customer/time-zone.ts';
import type { Queryable } from '../../database/database.ts';
import { teamOf } from '../accounts/accounts-repository.ts';
import { readCallBackRules } from './call-back-centre.ts';

type Row = Omit<CallBackView, 'zone' | 'customer'> & {
  readonly customer: {
    readonly id: string;
    readonly name: string;
    readonly city: string;
    readonly country: string;
  } | null;
};

const columns = `b.id, b.kind, b.state, b.number, b.note, b.due_at AS "dueAt", b.created_at AS "createdAt",
  json_build_object('id', m.id, 'name', m.name) AS "createdBy",
  CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS owner,
  b.queue,
  CASE WHEN c.id IS NOT NULL THEN
    json_build_object('id', c.id, 'name', c.name, 'city', c.city, 'country', c.country) END AS customer,
  CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'startedAt', k.started_at) END AS contact,
  b.attempts AS "attemptCount",
  coalesce((SELECT json_agg(json_build_object('at', a.at, 'agentName', u.name, 'outcome', a.outcome,
      'contactId', (SELECT t.id FROM contacts t WHERE t.call_key = a.call_key)) ORDER BY a.at)
    FROM call_back_attempts a JOIN users u ON u.id = a.agent_id WHERE a.call_back_id = b.id), '[]') AS attempts,
  CASE WHEN b.state = 'offered' THEN json_build_object('to', b.offered_to, 'until', b.offered_until) END AS offer,
  b.over_at AS "overAt", b.revision`;
const from = `FROM call_backs b JOIN users m ON m.id = b.created_by LEFT JOIN users o ON o.id = b.owner_id
  LEFT JOIN contacts k ON k.id = b.contact_id
  LEFT JOIN customers c ON c.id = coalesce(b.customer_id, k.customer_id)`;

const viewOf = ({ customer, ...row }: Row): CallBackView => ({
  ...row,
  customer: customer === null ? null : { id: customer.id, name: customer.name },
  zone: customer === null ? null : timeZoneOf(customer.country, customer.city, row.dueAt),
});

const select = async (
  database: Queryable,
  rest: string,
  values: readonly unknown[],
): Promise<readonly CallBackView[]> =>
  (await database.query<Row>(`SELECT ${columns} ${from} ${rest}`, values)).map(viewOf);

export const readCallBack = async (database: Queryable, id: string): Promise<CallBackView | null> =>
  (await select(database, 'WHERE b.id = $1', [id]))[0] ?? null;

/** Whose work somebody looks at. `team` null: everybody's. */
export type Sight = { readonly me: string } | { readonly team: string | null };

export const sightOf = async (
  database: Queryable,
  user: User,
  whose: NonNullable<CallBackQuery['whose']>,
): Promise<Sight> =>
  whose === 'mine'
    ? { me: user.id }
    : { team: user.role === 'administrator' ? null : await teamOf(database, user.id) };

/** `$1`; of a queue's that nobody has it is the team of whoever promised it. */
const seenBy = (sight: Sight): string =>
  'me' in sight
    ? 'b.owner_id = $1'
    : '($1::text IS NULL OR CASE WHEN o.id IS NULL THEN m.team ELSE o.team END = $1)';
const sightValue = (sight: Sight): string | null => ('me' in sight ? sight.me : sight.team);

const pageOf = async (
  database: Queryable,
  sight: Sight,
  { show = 'open', after, limit = 50 }: CallBackQuery,
): Promise<Pick<CallBackPage, 'callBacks' | 'next'>> => {
  const [time = null, id = null] = after?.split('~') ?? [];
  const isOpen = show === 'open';
  const part = isOpen
    ? `b.over_at IS NULL AND ($2::bigint IS NULL OR (b.due_at, b.id) > ($2, $3::uuid))
       ORDER BY b.due_at, b.id`
    : `b.over_at IS NOT NULL AND ($2::bigint IS NULL OR (b.over_at, b.id) < ($2, $3::uuid))
       ORDER BY b.over_at DESC, b.id DESC`;
  const found = await select(database, `WHERE ${seenBy(sight)} AND ${part} LIMIT $4`, [
    sightValue(sight),
    time === null ? null : Number(time),
    ...[id, limit + 1],
  ]);
  const callBacks = found.slice(0, limit);
  const last = callBacks.at(-1);
  const next =
    found.length > limit && last !== undefined
      ? `${String(isOpen ? last.dueAt : (last.overAt ?? 0))}~${last.id}`
      : null;
  return { callBacks: [...callBacks], next };
};

const countDue = async (database: Queryable, sight: Sight, now: number): Promise<number> => {
  const [row] = await database.query<{ readonly due: number }>(
    `SELECT count(*) AS due ${from} WHERE ${seenBy(sight)} AND b.over_at IS NULL AND b.due_at <= $2`,
    [sightValue(sight), now],
  );
  return row?.due ?? 0;
};

const listAgents = (database: Queryable, sight: Sight): Promise<CallBackPage['agents']> =>
  'me' in sight
    ? Promise.resolve([])
    : database.query(
        `SELECT id, name FROM users WHERE active AND role <> 'administrator' AND ($1::text IS NULL OR team = $1)
         ORDER BY name, id`,
        [sight.team],
      );

export const readCallBackPage = async (
  database: Queryable,
  sight: Sight,
  query: CallBackQuery,
  now: number,
): Promise<CallBackPage> => {
  const [page, due, agents] = await Promise.all([
    pageOf(database, sight, query),
    countDue(database, sight, now),
    listAgents(database, sight),
  ]);
  return { ...page, due, agents };
};

/** Of a contact: what came of it, and what its call was made for. */
export const readCallBacksOfContact = (
  database: Queryable,
  contactId: string,
): Promise<readonly CallBackView[]> =>
  select(
    database,
    `WHERE b.contact_id = $1 OR EXISTS (
       SELECT FROM call_back_attempts a JOIN contacts t ON t.call_key = a.call_key
       WHERE a.call_back_id = b.id AND t.id = $1) ORDER BY b.created_at, b.id`,
    [contactId],
  );

const ofCustomerLimit = 20;

/** What is open first, then the last that ended. */
export const readCallBacksOfCustomer = (
  database: Queryable,
  customerId: string,
): Promise<readonly CallBackView[]> =>
  select(
    database,
    `WHERE (b.customer_id = $1 OR (b.customer_id IS NULL AND k.customer_id = $1))
     ORDER BY b.over_at IS NOT NULL, b.over_at DESC, b.due_at, b.id LIMIT $2`,
    [customerId, ofCustomerLimit],
  );

const upcomingLimit = 100;
/** What was due within this is reminded of one by one; older ones are a number. */
const recentMs = 30 * 60_000;

/** What the desk of this user shows. */
export const readDeskCallBacks = async (
  database: Queryable,
  user: User,
  now: number,
): Promise<DeskCallBacks> => {
  const own = { me: user.id };
  const supervises = user.role !== 'agent';
  const [upcoming, asking, offered, due, teamDue, rules] = await Promise.all([
    select(
      database,
      `WHERE b.owner_id = $1 AND b.state IN ('scheduled', 'taken') AND b.due_at > $2
       ORDER BY b.due_at, b.id LIMIT $3`,
      [user.id, now - recentMs, upcomingLimit],
    ),
    select(
      database,
      `WHERE b.owner_id = $1 AND b.state = 'attempted' ORDER BY b.due_at, b.id LIMIT 5`,
      [user.id],
    ),
    select(database, `WHERE b.state = 'offered' AND b.offered_to = $1`, [user.id]),
    countDue(database, own, now),
    supervises
      ? sightOf(database, user, 'team').then((sight) => countDue(database, sight, now))
      : null,
    readCallBackRules(database),
  ]);
  return { upcoming, asking, offered: offered[0] ?? null, due, toldAt: now, teamDue, rules };
};
