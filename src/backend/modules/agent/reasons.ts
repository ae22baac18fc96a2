import type { Label, Reason } from '../../../shared/api/records.ts';
import type { Queryable } from '../../database/database.ts';

/** What an agent says where nothing else can be chosen. */
export const unspecifiedReason = 'unspecified';

/** `roles` and `teams` both have to fit; an empty one fits everybody. */
const isFor = `r.active AND (r.roles = '{}' OR u.role = ANY(r.roles))
  AND (r.teams = '{}' OR u.team = ANY(r.teams))`;

/** What this agent may give as a reason, in the order of the menu. */
export const listReasonsFor = (database: Queryable, userId: string): Promise<readonly Reason[]> =>
  database.query<Reason>(
    `SELECT r.code, r.label, r.paid, r.maximum_minutes AS "maximumMinutes"
     FROM not_ready_reasons r JOIN users u ON u.id = $1 WHERE ${isFor} ORDER BY r.position, r.code`,
    [userId],
  );

/** Reasons that this agent may not give, so that colleagues and the past can be read. */
export const listOtherReasons = (
  database: Queryable,
  userId: string,
): Promise<readonly { readonly code: string; readonly label: Label }[]> =>
  database.query(
    `SELECT r.code, r.label FROM not_ready_reasons r JOIN users u ON u.id = $1
     WHERE NOT coalesce(${isFor}, false) ORDER BY r.position, r.code`,
    [userId],
  );

/** Whether the agent may give this reason; `unknown`: there is none of this name that anybody could. */
export const mayGive = async (
  database: Queryable,
  userId: string,
  code: string,
): Promise<'yes' | 'no' | 'unknown'> => {
  if (code === unspecifiedReason && (await listReasonsFor(database, userId)).length === 0) {
    return 'yes';
  }
  const [row] = await database.query<{ readonly may: boolean | null }>(
    `SELECT ${isFor} AS may FROM not_ready_reasons r JOIN users u ON u.id = $1
     WHERE r.code = $2 AND r.active`,
    [userId, code],
  );
  if (row === undefined) return 'unknown';
  return row.may === true ? 'yes' : 'no';
};
