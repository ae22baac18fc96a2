import type { User } from '../../../shared/api/records.ts';
import type { ReportSubject } from '../../../shared/domain/reporting/figures.ts';
import type { Queryable } from '../../database/database.ts';
import { teamOf } from '../accounts/accounts-repository.ts';
import { listAgentsOfTeam, listQueuesOfTeam } from './report-repository.ts';

/** What of the figures somebody is shown. */
export type Sight = {
  /** null: of everybody. */
  readonly agentIds: readonly string[] | null;
  /** null: of all. */
  readonly queues: readonly string[] | null;
};

const everything: Sight = { agentIds: null, queues: null };

export const sightOfTeam = async (
  database: Queryable,
  team: string | null,
  by: ReportSubject | undefined,
): Promise<Sight> => {
  if (team === null) return everything;
  // Who waited in a queue waited for nobody in particular: of a queue that the team serves, all of it is shown.
  return by === 'queue'
    ? { agentIds: null, queues: await listQueuesOfTeam(database, team) }
    : { agentIds: await listAgentsOfTeam(database, team), queues: null };
};

/** A supervisor sees the own team, one without a team and an administrator everything. */
export const sightOf = async (
  database: Queryable,
  user: User,
  by: ReportSubject | undefined,
): Promise<Sight> =>
  user.role === 'administrator'
    ? everything
    : sightOfTeam(database, await teamOf(database, user.id), by);
