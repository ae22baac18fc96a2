import type { BoardAgent } from '../../../shared/api/board.ts';
import type { Queryable } from '../../database/database.ts';

export type BoardPerson = Pick<BoardAgent, 'id' | 'name' | 'extension' | 'team' | 'queues'>;

/** Everybody who may sign in. */
export const listBoardPeople = (database: Queryable): Promise<readonly BoardPerson[]> =>
  database.query<BoardPerson>(
    `SELECT u.id, u.name, u.extension, u.team,
       coalesce(array_agg(q.queue ORDER BY q.queue) FILTER (WHERE q.queue IS NOT NULL), '{}') AS queues
     FROM users u LEFT JOIN queue_agents q ON q.user_id = u.id
     WHERE u.active GROUP BY u.id`,
  );
