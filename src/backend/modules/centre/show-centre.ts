import type { Label, Role } from '../../../shared/api/records.ts';
import type { Database } from '../../database/database.ts';
import { showMissedRules } from '../missed/missed-centre.ts';
import { showServiceLevels } from '../reports/service-level-centre.ts';
import { showWrapUps } from '../wrap-up/wrap-up-centre.ts';
import type { Centre } from './centre-file.ts';

/** The centre as the database has it, in the form that `applyCentre` takes. */
export const showCentre = async (database: Database): Promise<Centre> => {
  const [teams, queues, users, notReadyReasons, wrapUpCodes, wrapUps, serviceLevels] =
    await Promise.all([
      database.query<{ readonly name: string; readonly label: Label }>(
        'SELECT name, label FROM teams ORDER BY position, name',
      ),
      database.query<{
        readonly name: string;
        readonly label: Label;
        readonly targetHandleSeconds: number;
        readonly autoAnswer: boolean;
      }>(
        `SELECT name, label, target_handle_ms / 1000 AS "targetHandleSeconds",
         auto_answer AS "autoAnswer"
       FROM queues ORDER BY position, name`,
      ),
      database.query<{
        readonly username: string;
        readonly name: string;
        readonly role: Role;
        readonly extension: string;
        readonly queues: readonly string[];
        readonly team: string | null;
        readonly active: boolean;
      }>(
        `SELECT u.username, u.name, u.role, u.extension, u.active, u.team,
         ARRAY(SELECT queue FROM queue_agents WHERE user_id = u.id ORDER BY queue) AS queues
       FROM users u ORDER BY u.extension`,
      ),
      database.query<{
        readonly code: string;
        readonly label: Label;
        readonly paid: boolean;
        readonly maximumMinutes: number | null;
        readonly roles: readonly Role[];
        readonly teams: readonly string[];
        readonly fits: NonNullable<Centre['notReadyReasons']>[number]['fits'] | null;
        readonly active: boolean;
      }>(
        `SELECT code, label, paid, maximum_minutes AS "maximumMinutes", roles, teams, fits,
         active
       FROM not_ready_reasons ORDER BY position, code`,
      ),
      database.query<{
        readonly code: string;
        readonly label: Label;
        readonly queue: string | null;
        readonly parent: string | null;
        readonly active: boolean;
      }>('SELECT code, label, queue, parent, active FROM wrap_up_codes ORDER BY position, code'),
      showWrapUps(database),
      showServiceLevels(database),
    ]);
  return {
    ...(await showMissedRules(database)),
    teams,
    queues: queues.map((queue) => {
      const wrapUp = wrapUps.get(queue.name);
      const serviceLevel = serviceLevels.get(queue.name);
      return {
        ...queue,
        ...(wrapUp === undefined ? {} : { wrapUp }),
        ...(serviceLevel === undefined ? {} : { serviceLevel }),
      };
    }),
    users: users.map(({ team, ...user }) => (team === null ? user : { ...user, team })),
    notReadyReasons: notReadyReasons.map(({ maximumMinutes, fits, ...reason }) => ({
      ...reason,
      ...(maximumMinutes === null ? {} : { maximumMinutes }),
      ...(fits === null || fits === undefined ? {} : { fits }),
    })),
    wrapUpCodes: wrapUpCodes.map(({ queue, parent, ...code }) => ({
      ...code,
      ...(queue === null ? {} : { queue }),
      ...(parent === null ? {} : { parent }),
    })),
  };
};
