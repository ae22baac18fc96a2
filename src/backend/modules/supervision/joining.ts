import type {
  JoinsPage,
  JoinsQuery,
  JoinView,
  SupervisorOnCall,
} from '../../../shared/api/supervision.ts';
import type { User } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { Pbx, PbxEvent } from '../../pbx/pbx.ts';
import { refused, type Answer } from '../../problem.ts';
import type { Extensions } from '../accounts/extensions.ts';
import { findUser, maySupervise } from '../accounts/accounts-repository.ts';
import type { Agents } from '../agent/agent-service.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { appendToChain } from '../chain/chain.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { PushHub } from '../push/push-hub.ts';
import {
  addAgentToJoin,
  listJoins,
  mayListenCovertly,
  setMayListenCovertly,
} from './join-repository.ts';
import { createJoins, type Joins } from './joins.ts';
import { createLiveJoins, joinView, type LiveJoin, type LiveJoins } from './live-joins.ts';
import { createReconcile } from './reconcile.ts';

/** Supervisors on calls: what they ask for, what the PBX reports of it, and who may read of it. */
export type Joining = Pick<Joins, 'join' | 'setMode' | 'leave' | 'takeOver' | 'idle'> & {
  readonly ledger: (user: User, query: JoinsQuery) => Promise<JoinsPage>;
  /** An administrator gives or takes the right to listen unseen. */
  readonly grantCovert: (
    administrator: User,
    userId: string,
    granted: boolean,
  ) => Promise<Answer<null>>;
  /** Joins in the desk's state of this user. */
  readonly deskPart: (userId: string) => Promise<DeskPart>;
  readonly onCalls: LiveJoins['onCalls'];
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

type DeskPart = {
  readonly join: JoinView | null;
  readonly supervisors: SupervisorOnCall[];
  readonly mayListenCovertly: boolean;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected' | 'onLine'>;
  readonly extensions: Extensions;
  readonly agents: Pick<Agents, 'standing'>;
  readonly contacts: Pick<Contacts, 'card'>;
  /** The desk of this user speaks with another backend. */
  readonly isDeskElsewhere: (userId: string) => Promise<boolean>;
  /** Who is on this agent's calls has changed. */
  readonly onChanged: (agentId: string) => void;
  readonly now: Now;
  readonly log: Log;
};

const usualPage = 50;
/** A supervisor whose desk is gone for longer no longer sees in which mode the line is. */
const deskGraceMs = 3_000;

export const createJoining = (needs: Needs): Joining => {
  const { database, pbx, push, extensions, now, log } = needs;
  const live = createLiveJoins(needs);
  const joins = createJoins({ ...needs, live });
  const reconcile = createReconcile({ ...needs, live, joins });
  /** Who has answered a call and is on it still, by call key. */
  const talking = new Map<string, Set<string>>();
  const stops: (() => void)[] = [];

  const failed = (error: unknown): void => {
    log.error({ error }, 'a report about a join could not be taken');
  };

  /** The supervisor goes with the customer, where this agent may be supervised, and listens there. */
  const follow = (it: LiveJoin, extension: string): Promise<void> =>
    joins.inOrder(it.supervisor.id, async () => {
      if (it.join.state !== 'moving') return;
      const next = await extensions.find(extension);
      const agent = next === null ? null : await findUser(database, next.id);
      if (agent === null || !(await maySupervise(database, it.supervisor, agent.id))) {
        await joins.end(it, 'moved_on', 'to_be_told');
        return;
      }
      await database.transaction(async (transaction) => {
        await addAgentToJoin(transaction, it.row.id, agent.id);
        const { id: joinId, callKey, contactId } = it.row;
        const body = {
          what: 'moved',
          joinId,
          supervisorId: it.supervisor.id,
          agentId: agent.id,
          callKey,
        };
        await appendToChain(transaction, { topic: 'supervision', contactId, body });
      });
      live.change(it, { kind: 'moved', agentId: agent.id }, agent);
      await joins.bridge(it, 'listen');
    });

  const followIfMoving = (callKey: string, extension: string): void => {
    for (const it of live.all()) {
      if (it.row.callKey === callKey && it.join.state === 'moving') {
        follow(it, extension).catch(failed);
      }
    }
  };

  const agentLeft = (it: LiveJoin): void => {
    if (it.isTakingOver) return;
    live.change(it, { kind: 'agent_left' });
    const others = [...(talking.get(it.row.callKey) ?? [])];
    const next = others.find((extension) => extension !== it.agent.extension);
    if (next !== undefined) follow(it, next).catch(failed);
  };

  const takeCallEvent = (event: PbxEvent): void => {
    switch (event.kind) {
      case 'leg_answered':
        talking.set(event.callKey, (talking.get(event.callKey) ?? new Set()).add(event.extension));
        followIfMoving(event.callKey, event.extension);
        break;
      case 'customer_joined':
        followIfMoving(event.callKey, event.extension);
        break;
      case 'leg_ended':
        talking.get(event.callKey)?.delete(event.extension);
        break;
      case 'call_ended':
        talking.delete(event.callKey);
        break;
      default:
        break;
    }
  };

  const take = (event: PbxEvent): void => {
    if (event.kind === 'connected') {
      // After what is told in the same breath.
      setImmediate(() => void reconcile().catch(failed));
      return;
    }
    if (!('joinId' in event)) {
      takeCallEvent(event);
      return;
    }
    const it = live.find(event.joinId);
    if (it === undefined) return;
    if (event.kind === 'supervision_mode') joins.confirmed(it, event.mode).catch(failed);
    if (event.kind === 'supervision_agent_left') agentLeft(it);
    if (event.kind === 'supervision_ended') joins.end(it, event.why, 'known').catch(failed);
  };

  const deskIsGone = async (supervisorId: string): Promise<void> => {
    const it = live.ofSupervisor(supervisorId);
    if (it === undefined || push.isConnected(supervisorId)) return;
    if (await needs.isDeskElsewhere(supervisorId)) return;
    await joins.end(it, 'phone_gone', 'to_be_told');
  };
  const lineChanged = (userId: string): void => {
    if (push.isConnected(userId) || live.ofSupervisor(userId) === undefined) return;
    setTimeout(() => {
      deskIsGone(userId).catch(failed);
    }, deskGraceMs).unref();
  };

  return {
    ...joins,
    ledger: async (user, query) => {
      const limit = query.limit ?? usualPage;
      const found = await listJoins(database, user, query, limit + 1);
      return { joins: found.slice(0, limit), more: found.length > limit };
    },
    grantCovert: async (administrator, userId, granted) => {
      const user = await findUser(database, userId);
      if (user === null) return refused('not_found', 'there is no such user');
      if (granted && user.role === 'agent') {
        return refused('invalid', 'agents listen to nobody');
      }
      await database.transaction(async (transaction) => {
        if (!(await setMayListenCovertly(transaction, userId, granted))) return;
        const action = granted ? 'covert_listening_granted' : 'covert_listening_taken';
        await appendAudit(transaction, {
          ...{ at: now(), actor: administrator.id, subject: userId },
          ...{ action, details: {} },
        });
        const body = { what: action, userId, by: administrator.id };
        await appendToChain(transaction, { topic: 'supervision', contactId: null, body });
      });
      return success(null);
    },
    deskPart: async (userId) => {
      const own = live.ofSupervisor(userId);
      return {
        join: own === undefined ? null : joinView(own),
        supervisors: live.seenBy(userId),
        mayListenCovertly: await mayListenCovertly(database, userId),
      };
    },
    onCalls: live.onCalls,
    start: () => {
      stops.push(pbx.subscribe(take), push.onLine(lineChanged));
    },
    stop: async () => {
      for (const stop of stops.splice(0)) stop();
      await joins.idle();
    },
  };
};
