import type { Label, Role } from '../../../shared/api/records.ts';
import type { Database } from '../../database/database.ts';
import type { Centre } from './centre-file.ts';

/** The centre as the database has it, in the form that `applyCentre` takes. */
export const showCentre = async (database: Database): Promise<Centre> => {
  const [queues, users, notReadyReasons, wrapUpCodes] = await Promise.all([
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
      readonly active: boolean;
    }>(
      `SELECT u.username, u.name, u.role, u.extension, u.active,
         ARRAY(SELECT queue FROM queue_agents WHERE user_id = u.id ORDER BY queue) AS queues
       FROM users u ORDER BY u.extension`,
    ),
    database.query<{ readonly code: string; readonly label: Label; readonly active: boolean }>(
      'SELECT code, label, active FROM not_ready_reasons ORDER BY position, code',
    ),
    database.query<{
      readonly code: string;
      readonly label: Label;
      readonly queue: string | null;
      readonly active: boolean;
    }>('SELECT code, label, queue, active FROM wrap_up_codes ORDER BY position, code'),
  ]);
  return {
    queues,
    users,
    notReadyReasons,
    wrapUpCodes: wrapUpCodes.map(({ queue, ...code }) =>
      queue === null ? code : { ...code, queue },
    ),
  };
};
