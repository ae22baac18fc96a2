import { Temporal } from 'temporal-polyfill';
import type { AgentQueues, QueueChangeSpan } from '../../../shared/api/acting.ts';
import type { User } from '../../../shared/api/records.ts';
import type { DeskState } from '../../../shared/api/routes.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import { findUser, listQueuesOf, maySupervise } from '../accounts/accounts-repository.ts';
import type { QueueMembership } from '../agent/queue-membership.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { PushHub } from '../push/push-hub.ts';
import {
  findForToday,
  listOver,
  lockAgent,
  putForToday,
  readAgentQueues,
  replaceQueues,
  type ForToday,
} from './agent-queues-repository.ts';
import { insertMemo } from './memo-repository.ts';
import type { Memos } from './memos.ts';

/** Which queues an agent serves, for good or for today. */
export type AgentQueueChanges = {
  readonly read: (supervisor: User, agentId: string) => Promise<Answer<AgentQueues>>;
  readonly put: (
    supervisor: User,
    agentId: string,
    queues: readonly string[],
    span: QueueChangeSpan,
  ) => Promise<Answer<AgentQueues>>;
  /** Gives back what was for a day that is over. */
  readonly sweep: () => Promise<void>;
};

export type AgentQueueNeeds = {
  readonly database: Database;
  readonly membership: Pick<QueueMembership, 'left' | 'follow'>;
  readonly desks: { readonly of: (user: User) => Promise<DeskState> };
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  readonly memos: Pick<Memos, 'tell'>;
  /** What is known of people has changed. */
  readonly onChanged: (agentId: string) => void;
  readonly mintId: MintId;
  readonly now: Now;
  readonly timeZone: string;
  readonly log: Log;
};

/** Epoch ms; days of 23 and 25 hours included. */
const nextMidnight = (at: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .startOfDay()
    .add({ days: 1 })
    .startOfDay().epochMilliseconds;

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));

type Change = { readonly before: readonly string[]; readonly after: readonly string[] };

const noAgent = refused('not_found', 'there is no such user among those of your team');

export const createAgentQueues = (needs: AgentQueueNeeds): AgentQueueChanges => {
  const { database, membership, desks, push, memos, onChanged, mintId, now, timeZone, log } = needs;

  /** After the commit: the PBX, the agent's desk, and whoever looks on. */
  const follow = async (agentId: string, { before, after }: Change): Promise<void> => {
    const user = await findUser(database, agentId);
    if (user === null) return;
    membership.left(
      agentId,
      user.extension,
      before.filter((name) => !after.includes(name)),
    );
    membership.follow(agentId);
    onChanged(agentId);
    if (push.isConnected(agentId)) {
      push.toUser(agentId, { kind: 'desk', desk: await desks.of(user) });
    }
  };
  const followLater = (agentId: string, change: Change): void => {
    follow(agentId, change).catch((error: unknown) => {
      log.warn({ error, agentId }, 'a change of queues was not told');
    });
  };

  const changeIn = async (
    transaction: Transaction,
    agentId: string,
    wanted: readonly string[],
    today: ForToday | null,
  ): Promise<Change> => {
    const before = await listQueuesOf(transaction, agentId);
    await replaceQueues(transaction, agentId, wanted);
    await putForToday(transaction, agentId, today);
    return { before, after: await listQueuesOf(transaction, agentId) };
  };

  const maySee = async (supervisor: User, agentId: string): Promise<boolean> =>
    (await findUser(database, agentId)) !== null &&
    (await maySupervise(database, supervisor, agentId));

  return {
    read: async (supervisor, agentId) =>
      (await maySee(supervisor, agentId))
        ? success(await readAgentQueues(database, agentId))
        : noAgent,
    put: async (supervisor, agentId, queues, span) => {
      if (!(await maySee(supervisor, agentId))) return noAgent;
      const known = (await readAgentQueues(database, agentId)).queues.map(({ name }) => name);
      const unknown = queues.find((name) => !known.includes(name));
      if (unknown !== undefined) return refused('invalid', `"${unknown}" is no queue`);
      const at = now();
      const change = await database.transaction(async (transaction) => {
        await lockAgent(transaction, agentId);
        const [current, today] = await Promise.all([
          listQueuesOf(transaction, agentId),
          findForToday(transaction, agentId),
        ]);
        const usual = today?.usual ?? current;
        // Back to the usual is for good, whatever was said of it.
        const next =
          span === 'kept' || isSame(queues, usual)
            ? null
            : { usual, endsAt: nextMidnight(at, timeZone) };
        if (isSame(queues, current) && (next === null) === (today === null)) return null;
        const made = await changeIn(transaction, agentId, queues, next);
        const until = next?.endsAt ?? null;
        const line = { at, actor: supervisor.id, subject: agentId };
        await appendAudit(transaction, {
          ...line,
          action: 'agent_queues_set',
          details: { before: made.before, after: made.after, until },
        });
        await insertMemo(transaction, {
          ...{ kind: 'queues', id: mintId(), agentId, author: supervisor.id, at },
          ...{ queues: made.after, until },
        });
        return made;
      });
      if (change !== null) {
        log.info({ supervisorId: supervisor.id, agentId, ...change }, 'an agent’s queues were set');
        memos.tell([agentId]);
        followLater(agentId, change);
      }
      return success(await readAgentQueues(database, agentId));
    },
    sweep: async () => {
      for (const agentId of await listOver(database, now())) {
        const change = await database.transaction(async (transaction) => {
          await lockAgent(transaction, agentId);
          const today = await findForToday(transaction, agentId);
          // Another backend was faster, or a supervisor.
          if (today === null || today.endsAt > now()) return null;
          return changeIn(transaction, agentId, today.usual, null);
        });
        if (change === null) continue;
        log.info({ agentId, ...change }, 'what an agent served for the day is over');
        followLater(agentId, change);
      }
    },
  };
};
