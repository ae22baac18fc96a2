import type { PutReportView, ReportViewKept } from '../../../shared/api/report-sheet.ts';
import type { User } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { refused, type Answer } from '../../problem.ts';

/** What supervisors look at again and again: a choice, and no figures. */
export type ReportViews = {
  /** The own ones, and those that are shared with this user, by name. */
  readonly list: (user: User) => Promise<readonly ReportViewKept[]>;
  readonly add: (user: User, view: PutReportView) => Promise<Answer<ReportViewKept>>;
  readonly change: (
    user: User,
    viewId: string,
    view: PutReportView,
  ) => Promise<Answer<ReportViewKept>>;
  readonly remove: (user: User, viewId: string) => Promise<Answer<null>>;
};

type Needs = { readonly database: Database; readonly now: Now; readonly mintId: MintId };

const maximumViews = 100;
const noView = refused('not_found', 'there is no such view of yours');

const columns = `v.id, v.name, v.shared, v.choice, json_build_object('id', u.id, 'name', u.name) AS owner`;

const find = async (database: Queryable, viewId: string): Promise<Answer<ReportViewKept>> => {
  const [row] = await database.query<ReportViewKept>(
    `SELECT ${columns} FROM report_views v JOIN users u ON u.id = v.owner_id WHERE v.id = $1`,
    [viewId],
  );
  return row === undefined ? noView : success(row);
};

export const createReportViews = ({ database, now, mintId }: Needs): ReportViews => ({
  list: (user) =>
    database.query<ReportViewKept>(
      `SELECT ${columns} FROM report_views v JOIN users u ON u.id = v.owner_id
       WHERE v.owner_id = $1 OR (v.shared
         AND (u.team IS NULL OR $2 OR u.team = (SELECT team FROM users WHERE id = $1)))
       ORDER BY lower(v.name), v.id`,
      [user.id, user.role === 'administrator'],
    ),
  add: async (user, { name, shared, choice }) => {
    const [added] = await database.query<{ readonly id: string }>(
      `INSERT INTO report_views (id, owner_id, name, shared, choice, changed_at)
       SELECT $1, $2, $3, $4, $5, $6
       WHERE (SELECT count(*) FROM report_views WHERE owner_id = $2) < $7 RETURNING id`,
      [mintId(), user.id, name.trim(), shared, JSON.stringify(choice), now(), maximumViews],
    );
    return added === undefined
      ? refused('conflict', `there are ${String(maximumViews)} views of yours already`)
      : find(database, added.id);
  },
  change: async (user, viewId, { name, shared, choice }) => {
    const [changed] = await database.query<{ readonly id: string }>(
      `UPDATE report_views SET name = $3, shared = $4, choice = $5, changed_at = $6
       WHERE id = $1 AND owner_id = $2 RETURNING id`,
      [viewId, user.id, name.trim(), shared, JSON.stringify(choice), now()],
    );
    return changed === undefined ? noView : find(database, changed.id);
  },
  remove: async (user, viewId) => {
    const [removed] = await database.query<{ readonly id: string }>(
      'DELETE FROM report_views WHERE id = $1 AND owner_id = $2 RETURNING id',
      [viewId, user.id],
    );
    return removed === undefined ? noView : success(null);
  },
});
