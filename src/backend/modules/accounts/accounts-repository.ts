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

/** The same of one agent; null: serves no queue, or may not sign in. */
export const findAgentInQueues = async (
  database: Queryable,
  agentId: string,
): Promise<AgentInQueues | null> => {
  const [row] = await database.query<AgentInQueues>(
    `SELECT ${userColumns}, array_agg(q.queue ORDER BY q.queue) AS queues
     FROM users u JOIN queue_agents q ON q.user_id = u.id
     WHERE u.active AND u.id = $1 GROUP BY u.id`,
    [agentId],
  );
  return row ?? null;
};

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

/** null: of no team, or no such user. */
export const teamOf = async (database: Queryable, userId: string): Promise<string | null> => {
  const [row] = await database.query<{ readonly team: string | null }>(
    'SELECT team FROM users WHERE id = $1',
    [userId],
  );
  return row?.team ?? null;
};

/**
 * Whether one may act on another's work: an administrator on everybody's, a supervisor on the own team's, and on
 * everybody's where the supervisor is of no team. Nobody acts on the own work this way.
 */
export const maySupervise = async (
  database: Queryable,
  supervisor: Pick<User, 'id' | 'role'>,
  agentId: string,
): Promise<boolean> => {
  if (supervisor.role === 'agent' || supervisor.id === agentId) return false;
  if (supervisor.role === 'administrator') return true;
  const team = await teamOf(database, supervisor.id);
  return team === null || team === (await teamOf(database, agentId));
};
