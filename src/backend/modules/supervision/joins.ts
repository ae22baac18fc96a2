import type { JoinView, PostJoin } from '../../../shared/api/supervision.ts';
import type { User } from '../../../shared/api/records.ts';
import type { JoinEnd, SupervisionMode } from '../../../shared/domain/supervision/join.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { refused, type Answer, type Refused } from '../../problem.ts';
import { findUser, maySupervise } from '../accounts/accounts-repository.ts';
import type { Agents } from '../agent/agent-service.ts';
import { appendToChain } from '../chain/chain.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { addMode, endJoin, insertJoin, mayListenCovertly } from './join-repository.ts';
import { joinView, type LiveJoin, type LiveJoins } from './live-joins.ts';
import { supervisionRuleOf } from './supervision-centre.ts';

/** Supervisors on agents' calls. What is done stands in the chain before the PBX hears of it. */
export type Joins = {
  /** Resolves when the supervisor hears the call. */
  readonly join: (user: User, given: PostJoin) => Promise<Answer<JoinView>>;
  /** Resolves when the PBX confirmed it. */
  readonly setMode: (
    user: User,
    joinId: string,
    mode: SupervisionMode,
  ) => Promise<Answer<JoinView>>;
  readonly leave: (user: User, joinId: string) => Promise<Answer<null>>;
  /** The customer goes to the supervisor's own phone. */
  readonly takeOver: (user: User, joinId: string) => Promise<Answer<null>>;
  /** It is over; `atPbx`: the PBX does not know it yet. */
  readonly end: (live: LiveJoin, why: JoinEnd, atPbx: 'known' | 'to_be_told') => Promise<void>;
  /** Has the phone hear the call of the agent who is in the join now. */
  readonly bridge: (live: LiveJoin, mode: SupervisionMode) => Promise<Answer<JoinView>>;
  /** The PBX says which mode is in force. */
  readonly confirmed: (live: LiveJoin, mode: SupervisionMode) => Promise<void>;
  /** One thing at a time for each supervisor. */
  readonly inOrder: <Value>(supervisorId: string, task: () => Promise<Value>) => Promise<Value>;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly live: LiveJoins;
  readonly pbx: Pbx;
  readonly agents: Pick<Agents, 'standing'>;
  readonly contacts: Pick<Contacts, 'card'>;
  readonly now: Now;
  readonly log: Log;
};

const databaseRetryMs = 500;
const databasePatienceMs = 120_000;

const noJoin = refused('not_found', 'there is no such join of yours');

/** Whom the agent's screen names; a number where nobody knows who it is. */
export const customerOf = (card: Awaited<ReturnType<Contacts['card']>>): string | null => {
  if (card === null) return null;
  const { match, remoteName, remoteNumber } = card;
  const name = 'customer' in match ? match.customer.name : remoteName;
  return [name, remoteNumber].find((text) => text !== '') ?? null;
};

const problemOf = ({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): Refused =>
  code === 'pbx_away' || code === 'not_supported'
    ? { code, message }
    : { code: 'conflict', message: `${code}: ${message}` };

const endOf = (code: string): JoinEnd => {
  if (code === 'no_answer' || code === 'pbx_away') return code;
  return code === 'no_such_call' ? 'call_over' : 'pbx_refused';
};

export const createJoins = ({ database, live, pbx, agents, contacts, now, log }: Needs): Joins => {
  const queue = createKeyedQueue((error, supervisorId) => {
    log.error({ error, supervisorId }, 'a join could not be kept');
  });
  const inOrder: Joins['inOrder'] = (supervisorId, task) =>
    new Promise((resolve, reject) => {
      void queue.add(supervisorId, () => task().then(resolve, reject));
    });

  const line = ({ row, supervisor, agent }: LiveJoin, what: string, more: object) => ({
    topic: 'supervision' as const,
    contactId: row.contactId,
    body: { what, joinId: row.id, supervisorId: supervisor.id, agentId: agent.id, ...more },
  });

  /** Kept as soon as the database is there; what never was is closed when joins are next compared with the PBX. */
  const keepEnd = async (it: LiveJoin, why: JoinEnd, at: number): Promise<void> => {
    for (;;) {
      try {
        await database.transaction(async (transaction) => {
          if (!(await endJoin(transaction, it.row.id, why, at))) return;
          await appendToChain(transaction, line(it, 'left', { why }));
        });
        return;
      } catch (error) {
        if (now() - at > databasePatienceMs) throw error;
        await new Promise((done) => setTimeout(done, databaseRetryMs).unref());
      }
    }
  };

  const end: Joins['end'] = async (it, cause, atPbx) => {
    if (it.join.state === 'ended') return;
    const why = it.isTakingOver ? 'taken_over' : cause;
    const at = now();
    live.change(it, { kind: 'ended', why });
    log.info({ joinId: it.row.id, why }, 'a join is over');
    const told = atPbx === 'known' ? null : pbx.endSupervision(it.row.id);
    void queue.add(it.supervisor.id, () => keepEnd(it, why, at));
    const answer = await told;
    if (answer?.ok === false)
      log.warn({ joinId: it.row.id, ...answer.why }, 'a join was not ended');
  };

  const confirmed: Joins['confirmed'] = async (it, mode) => {
    const { join } = it;
    if (join.state !== 'running' || (join.mode === mode && join.wanted === null)) return;
    live.change(it, { kind: 'mode_confirmed', mode });
    if (join.mode !== mode) await addMode(database, it.row.id, mode, now());
  };

  const bridge: Joins['bridge'] = async (it, mode) => {
    const { row, supervisor, agent } = it;
    const answer = await pbx.supervise({
      joinId: row.id,
      supervisorExtension: supervisor.extension,
      agentExtension: agent.extension,
      callKey: row.callKey,
      mode,
    });
    if (it.join.state === 'ended') {
      // The supervisor left meanwhile: the line that came of it is nobody's.
      await pbx.endSupervision(row.id);
      return refused('conflict', 'it was left meanwhile');
    }
    if (!answer.ok) {
      await end(it, endOf(answer.why.code), 'to_be_told');
      return { ok: false, why: problemOf(answer.why) };
    }
    live.change(it, { kind: 'joined', mode });
    await addMode(database, row.id, mode, now());
    return success(joinView(it));
  };

  /** The call to join: the named one, else the latest that the agent answered. */
  const callOf = async (agentId: string, callKey: string | undefined): Promise<string | null> => {
    const standing = await agents.standing(agentId);
    const calls = standing.signedIn ? standing.calls : [];
    return (callKey === undefined ? calls.at(-1) : calls.find((key) => key === callKey)) ?? null;
  };

  const begin = async (user: User, given: PostJoin): Promise<Answer<LiveJoin>> => {
    const { joinId, agentId, mode, covert = false } = given;
    const [agent, may, callKey, rule, mayCovertly] = await Promise.all([
      findUser(database, agentId),
      maySupervise(database, user, agentId),
      callOf(agentId, given.callKey),
      supervisionRuleOf(database, agentId),
      covert && mayListenCovertly(database, user.id),
    ]);
    if (agent === null || !may) return refused('not_allowed', 'this agent is not of your team');
    if (covert && (!mayCovertly || !rule.covert)) {
      return refused('not_allowed', 'listening unseen takes a right, and a place that allows it');
    }
    if (covert && mode !== 'listen') return refused('invalid', 'only listening can be unseen');
    if (callKey === null) return refused('conflict', 'the agent is in no such call');
    const other = live.ofSupervisor(user.id);
    if (other !== undefined) await end(other, 'left', 'to_be_told');
    if (other !== undefined) await keepEnd(other, 'left', now());
    const card = await contacts.card(callKey);
    const { agentSees } = rule;
    const row = {
      ...{ id: joinId, supervisorId: user.id, callKey, covert, agentSees, startedAt: now() },
      ...{ contactId: card?.contactId ?? null, queue: card?.queue ?? null, agentIds: [agentId] },
    };
    const isNew = await database.transaction(async (transaction) => {
      if (!(await insertJoin(transaction, row))) return false;
      const body = {
        what: 'joined',
        joinId,
        supervisorId: user.id,
        agentId,
        callKey,
        mode,
        covert,
        agentSees,
      };
      await appendToChain(transaction, { topic: 'supervision', contactId: row.contactId, body });
      return true;
    });
    if (!isNew) return refused('conflict', 'this join was asked for before');
    log.info({ joinId, supervisorId: user.id, agentId, callKey, mode, covert }, 'a join');
    return success(live.add({ row, supervisor: user, agent, customer: customerOf(card), mode }));
  };

  const mine = (user: User, joinId: string): LiveJoin | null => {
    const it = live.find(joinId);
    return it?.supervisor.id === user.id ? it : null;
  };

  return {
    join: (user, given) =>
      inOrder(user.id, async () => {
        if (!pbx.capabilities.supervision) {
          return refused('not_supported', 'this phone system lets nobody join calls');
        }
        const known = mine(user, given.joinId);
        if (known !== null) return success(joinView(known));
        const begun = await begin(user, given);
        return begun.ok ? bridge(begun.value, given.mode) : begun;
      }),
    setMode: (user, joinId, mode) =>
      inOrder(user.id, async () => {
        const it = mine(user, joinId);
        if (it === null) return noJoin;
        if (it.join.state !== 'running') return refused('conflict', 'nothing is heard yet');
        if (it.join.mode === mode) return success(joinView(it));
        // The team may have changed since.
        if (!(await maySupervise(database, user, it.agent.id))) {
          await end(it, 'moved_on', 'to_be_told');
          return refused('not_allowed', 'this agent is not of your team');
        }
        live.change(it, { kind: 'mode_asked', mode });
        try {
          await database.transaction((transaction) =>
            appendToChain(transaction, line(it, 'mode', { mode })),
          );
          const answer = await pbx.superviseMode(joinId, mode);
          if (!answer.ok) {
            live.change(it, { kind: 'mode_refused' });
            return { ok: false, why: problemOf(answer.why) };
          }
        } catch (error) {
          live.change(it, { kind: 'mode_refused' });
          throw error;
        }
        await confirmed(it, mode);
        return success(joinView(it));
      }),
    leave: async (user, joinId) => {
      const it = mine(user, joinId);
      // Not in order: whoever leaves waits for nothing.
      if (it !== null) await end(it, 'left', 'to_be_told');
      return success(null);
    },
    takeOver: (user, joinId) =>
      inOrder(user.id, async () => {
        const it = mine(user, joinId);
        if (it === null) return noJoin;
        if (it.join.state !== 'running') return refused('conflict', 'nothing is heard yet');
        if (!(await maySupervise(database, user, it.agent.id))) {
          return refused('not_allowed', 'this agent is not of your team');
        }
        await database.transaction((transaction) =>
          appendToChain(transaction, line(it, 'take_over', {})),
        );
        it.isTakingOver = true;
        const answer = await pbx.takeOver({
          callKey: it.row.callKey,
          agentExtension: it.agent.extension,
          supervisorExtension: user.extension,
        });
        if (!answer.ok) {
          it.isTakingOver = false;
          return { ok: false, why: problemOf(answer.why) };
        }
        live.takenOver(it);
        await end(it, 'taken_over', 'to_be_told');
        return success(null);
      }),
    end,
    bridge,
    confirmed,
    inOrder,
    idle: queue.idle,
  };
};
