import type { Role, User } from '../../../shared/api/records.ts';
import type { Queryable } from '../../database/database.ts';

export type Account = User & {
  readonly passwordHash: string;
  /** Set for demo accounts. */
  readonly demoPassword: string | null;
};

type Row = {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly extension: string;
};

const userColumns = 'u.id, u.username, u.name, u.role, u.extension';

export const findAccountByUsername = async (
  database: Queryable,
  username: string,
): Promise<Account | null> => {
  const [row] = await database.query<Account>(
    `SELECT ${userColumns}, u.password_hash AS "passwordHash", u.demo_password AS "demoPassword"
     FROM users u WHERE u.username = $1 AND u.active`,
    [username],
  );
  return row ?? null;
};

export const findUser = async (database: Queryable, userId: string): Promise<User | null> => {
  const [row] = await database.query<Row>(`SELECT ${userColumns} FROM users u WHERE u.id = $1`, [
    userId,
  ]);
  return row ?? null;
};

export const listUsers = (database: Queryable): Promise<readonly User[]> =>
  database.query<Row>(`SELECT ${userColumns} FROM users u WHERE u.active`);

/** Also of those who may not sign in any more. */
export const listExtensions = async (database: Queryable): Promise<readonly string[]> =>
  (await database.query<{ readonly extension: string }>('SELECT extension FROM users')).map(
    (row) => row.extension,
  );

export const findUserByExtension = async (
  database: Queryable,
  extension: string,
): Promise<User | null> => {
  const [row] = await database.query<Row>(
    `SELECT ${userColumns} FROM users u WHERE u.extension = $1 AND u.active`,
    [extension],
  );
  return row ?? null;
};

export type AgentInQueues = User & { readonly queues: readonly string[] };

/** Everybody who serves a queue. */
export const listAgentsInQueues = (database: Queryable): Promise<readonly AgentInQueues[]> =>
  database.query<AgentInQueues>(
    `SELECT ${userColumns}, array_agg(q.queue ORDER BY q.queue) AS queues
     FROM users u JOIN queue_agents q ON q.user_id = u.id
     WHERE u.active GROUP BY u.id ORDER BY u.extension`,
  );

export const listQueuesOf = async (
  database: Queryable,
  userId: string,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly queue: string }>(
      'SELECT queue FROM queue_agents WHERE user_id = $1 ORDER BY queue',
      [userId],
    )
  ).map((row) => row.queue);
