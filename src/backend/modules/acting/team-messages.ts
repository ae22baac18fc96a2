import type { TeamMessages } from '../../../shared/api/acting.ts';
import type { Label, User } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable, Transaction } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { teamOf } from '../accounts/accounts-repository.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { Memos } from './memos.ts';

/** What supervisors write to a team, kept for each of its people until read. */
export type TeamMessaging = {
  readonly list: (supervisor: User) => Promise<TeamMessages>;
  /** Answers to how many it went; asked twice with one id, it is sent once. */
  readonly send: (
    supervisor: User,
    message: { readonly messageId: string; readonly team: string | null; readonly text: string },
  ) => Promise<Answer<{ readonly to: number }>>;
};

type Needs = {
  readonly database: Database;
  readonly memos: Pick<Memos, 'tell'>;
  readonly now: Now;
};

type Team = { readonly name: string; readonly label: Label; readonly people: number };

const sentShown = 10;

/** Of which team a supervisor is, and so writes to; null: to every one. */
const ownTeam = async (
  database: Queryable,
  { id, role }: Pick<User, 'id' | 'role'>,
): Promise<string | null> => (role === 'administrator' ? null : teamOf(database, id));

const listTeams = (
  database: Queryable,
  userId: string,
  own: string | null,
): Promise<readonly Team[]> =>
  database.query<Team>(
    `SELECT t.name, t.label, count(u.id)::integer AS people
     FROM teams t LEFT JOIN users u ON u.team = t.name AND u.active AND u.id <> $1
     WHERE $2::text IS NULL OR t.name = $2 GROUP BY t.name ORDER BY t.position, t.name`,
    [userId, own],
  );

const listSent = (database: Queryable, userId: string): Promise<TeamMessages['sent']> =>
  database.query<TeamMessages['sent'][number]>(
    `SELECT t.id, t.team, t.text, t.at, count(m.id)::integer AS to, count(m.read_at)::integer AS read
     FROM team_messages t LEFT JOIN memos m ON m.message_id = t.id
     WHERE t.author = $1 GROUP BY t.id ORDER BY t.at DESC, t.id LIMIT $2`,
    [userId, sentShown],
  );

const readersOf = async (database: Queryable, messageId: string): Promise<readonly string[]> =>
  (
    await database.query<{ readonly agentId: string }>(
      'SELECT agent_id AS "agentId" FROM memos WHERE message_id = $1',
      [messageId],
    )
  ).map(({ agentId }) => agentId);

const insertMessage = async (
  transaction: Transaction,
  author: string,
  {
    messageId,
    team,
    text,
  }: { readonly messageId: string; readonly team: string | null; readonly text: string },
  at: number,
): Promise<readonly string[]> => {
  await transaction.query(
    'INSERT INTO team_messages (id, author, team, text, at) VALUES ($1, $2, $3, $4, $5)',
    [messageId, author, team, text, at],
  );
  await transaction.query(
    `INSERT INTO memos (id, agent_id, author, at, kind, details, message_id)
     SELECT gen_random_uuid(), u.id, $2, $4, 'message', '{}', $1 FROM users u
     WHERE u.active AND u.id <> $2 AND ($3::text IS NULL OR u.team = $3)`,
    [messageId, author, team, at],
  );
  return readersOf(transaction, messageId);
};

export const createTeamMessages = ({ database, memos, now }: Needs): TeamMessaging => ({
  list: async (supervisor) => {
    const own = await ownTeam(database, supervisor);
    const [teams, sent, everybody] = await Promise.all([
      listTeams(database, supervisor.id, own),
      listSent(database, supervisor.id),
      database.query<{ readonly people: number }>(
        'SELECT count(*)::integer AS people FROM users WHERE active AND id <> $1',
        [supervisor.id],
      ),
    ]);
    return {
      teams: [...teams],
      everybody: own === null ? (everybody[0]?.people ?? 0) : null,
      sent,
    };
  },
  send: async (supervisor, given) => {
    const text = given.text.trim();
    if (text === '') return refused('invalid', 'body/text is empty');
    const own = await ownTeam(database, supervisor);
    if (own !== null && given.team !== own) {
      return refused('not_allowed', 'you write to your own team');
    }
    if (given.team !== null) {
      const teams = await listTeams(database, supervisor.id, own);
      if (!teams.some(({ name }) => name === given.team)) {
        return refused('not_found', 'there is no such team');
      }
    }
    const sent = await database.transaction(async (transaction) => {
      const [before] = await transaction.query<{ readonly author: string }>(
        'SELECT author FROM team_messages WHERE id = $1',
        [given.messageId],
      );
      if (before !== undefined) return { isNew: false, author: before.author };
      const at = now();
      const to = await insertMessage(transaction, supervisor.id, { ...given, text }, at);
      await appendAudit(transaction, {
        ...{ at, actor: supervisor.id, action: 'team_message_sent', subject: null },
        details: { messageId: given.messageId, team: given.team, to: to.length },
      });
      return { isNew: true, author: supervisor.id };
    });
    if (sent.author !== supervisor.id) return refused('conflict', 'this id was used before');
    const to = await readersOf(database, given.messageId);
    if (sent.isNew) memos.tell(to);
    return success({ to: to.length });
  },
});
