import { agentState, type AgentStanding } from '../../../shared/domain/agent/agent.ts';
import type { Result } from '../../../shared/result.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx, PbxFailure, QueueMember } from '../../pbx/pbx.ts';
import {
  findAgentInQueues,
  listAgentsInQueues,
  listExtensions,
  listQueuesOf,
  type AgentInQueues,
} from '../accounts/accounts-repository.ts';
import { listAllQueues } from '../desk/desk-repository.ts';
import { findStanding, listStandings } from './agent-repository.ts';

/** How an agent stands in the queues of the PBX; null: not in them. */
export type Standing = Pick<QueueMember, 'paused' | 'pauseReason'> | null;

export const membershipOf = (standing: AgentStanding): Standing => {
  const state = agentState(standing);
  switch (state.state) {
    case 'offline':
      return null;
    case 'ready':
      return { paused: false, pauseReason: '' };
    case 'not_ready':
      return { paused: true, pauseReason: state.reason };
    case 'reserved':
    case 'engaged':
    case 'wrap_up':
      return { paused: true, pauseReason: state.state };
  }
};

/** Keeps the PBX's queues as the agents' states say. */
export type QueueMembership = {
  /** The agent's state changed. */
  readonly follow: (agentId: string) => void;
  /** These queues are not the agent's any more; one that is again by then stays. */
  readonly left: (agentId: string, extension: string, queues: readonly string[]) => void;
  /**
   * The agent let a call ring: for a moment the queues offer nothing here. By its own rule (the one who has been idle
   * longest) the queue would ask the same agent again, whose last call is still the oldest.
   */
  readonly rest: (agentId: string) => void;
  /** Compares everything with what the PBX says, and puts right what differs. */
  readonly reconcile: () => void;
  /** The PBX told how a member stands, `null`: not any more. What the backend did not say itself is looked into. */
  readonly noticed: (queue: string, extension: string, standing: Standing) => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
};

const retryMs = 2_000;
/** Longer than the queue waits before it asks the next (`retry` in queues.conf). */
const restMs = 3_000;
/** Somebody at the PBX changes several members in a row: they are looked at together. */
const noticeMs = 1_000;

const labelOf = (standing: Standing): string =>
  standing === null ? 'out' : standing.paused ? `paused ${standing.pauseReason}` : 'ready';

export const createQueueMembership = (database: Database, pbx: Pbx, log: Log): QueueMembership => {
  const retries = new Map<string, NodeJS.Timeout>();
  const said = new Map<string, string>();
  const resting = new Map<string, NodeJS.Timeout>();
  let stopped = false;

  const again = (key: string, task: () => void, afterMs = retryMs): void => {
    if (stopped || retries.has(key)) return;
    const timer = setTimeout(() => {
      retries.delete(key);
      task();
    }, afterMs);
    timer.unref();
    retries.set(key, timer);
  };

  const queue = createKeyedQueue((error, key) => {
    log.warn({ error, agentId: key }, 'queue membership could not be read');
    again(key, () => {
      if (key === everybody) reconcile();
      else follow(key);
    });
  });
  const everybody = 'everybody';

  const put = (extension: string, name: string, wanted: Standing) => {
    said.set(`${name} ${extension}`, labelOf(wanted));
    return wanted === null
      ? pbx.removeMember(name, extension)
      : pbx.setMember({ queue: name, extension, ...wanted });
  };

  const settle = (agent: AgentInQueues, results: readonly Result<null, PbxFailure>[]): void => {
    for (const result of results) {
      if (result.ok) continue;
      const { code, message } = result.why;
      // When the PBX comes back, everything is reconciled.
      if (code === 'pbx_away' || code === 'not_supported') continue;
      log.error({ agentId: agent.id, code, why: message }, 'the PBX refused a queue membership');
      again(agent.id, () => {
        follow(agent.id);
      });
    }
  };

  const wantedNow = (agentId: string, standing: AgentStanding): Standing => {
    const wanted = membershipOf(standing);
    const isResting = wanted?.paused === false && resting.has(agentId);
    return isResting ? { paused: true, pauseReason: 'missed' } : wanted;
  };

  const followNow = async (agentId: string): Promise<void> => {
    const [agent, { standing }] = await Promise.all([
      findAgentInQueues(database, agentId),
      findStanding(database, agentId),
    ]);
    if (agent === null) return;
    const wanted = wantedNow(agentId, standing);
    settle(
      agent,
      await Promise.all(agent.queues.map((name) => put(agent.extension, name, wanted))),
    );
  };

  const reconcileNow = async (): Promise<void> => {
    const [agents, standings, members, extensions, queues] = await Promise.all([
      listAgentsInQueues(database),
      listStandings(database),
      pbx.members(),
      listExtensions(database),
      listAllQueues(database),
    ]);
    if (!members.ok) return;
    const ours = new Set(queues.map(({ name }) => name));
    // Of somebody who serves no queue any more.
    const served = new Set(agents.map(({ extension }) => extension));
    const known = new Set(extensions);
    for (const { queue: name, extension } of members.value) {
      const isOfNobody = known.has(extension) && !served.has(extension);
      if (isOfNobody && ours.has(name)) await pbx.removeMember(name, extension);
    }
    const wantedOf = new Map(
      standings.map((row) => [row.agentId, wantedNow(row.agentId, row.standing)]),
    );
    for (const agent of agents) {
      const wanted = wantedOf.get(agent.id) ?? null;
      const mine = members.value.filter((member) => member.extension === agent.extension);
      const isRight = agent.queues.every((name) => {
        const is = mine.find((member) => member.queue === name);
        if (is === undefined || wanted === null) return is === undefined && wanted === null;
        return is.paused === wanted.paused && (!is.paused || is.pauseReason === wanted.pauseReason);
      });
      const strays = mine.filter(
        ({ queue: name }) => ours.has(name) && !agent.queues.includes(name),
      );
      if (isRight && strays.length === 0) continue;
      log.info({ agentId: agent.id }, 'queue membership differs at the PBX: put right');
      for (const { queue: name } of strays) await pbx.removeMember(name, agent.extension);
      // By the agent's own line, so that a newer state is never overwritten by this reading.
      follow(agent.id);
    }
  };

  const canQueue = (): boolean => pbx.capabilities.queues && pbx.status().state === 'connected';
  const follow = (agentId: string): void => {
    if (!canQueue()) return;
    void queue.add(agentId, () => followNow(agentId));
  };
  const reconcile = (): void => {
    if (!canQueue()) return;
    void queue.add(everybody, reconcileNow);
  };

  const leaveNow = async (
    agentId: string,
    extension: string,
    names: readonly string[],
  ): Promise<void> => {
    const served = await listQueuesOf(database, agentId);
    for (const name of names.filter((each) => !served.includes(each))) {
      const removed = await put(extension, name, null);
      // When the PBX comes back, everything is compared.
      if (removed.ok || removed.why.code === 'pbx_away') continue;
      const { code, message } = removed.why;
      log.error({ agentId, code, why: message }, 'the PBX kept an agent in a queue');
      again(everybody, reconcile);
    }
  };
  const left: QueueMembership['left'] = (agentId, extension, names) => {
    if (!canQueue() || names.length === 0) return;
    void queue.add(agentId, () => leaveNow(agentId, extension, names));
  };

  const rest = (agentId: string): void => {
    clearTimeout(resting.get(agentId));
    const timer = setTimeout(() => {
      resting.delete(agentId);
      follow(agentId);
    }, restMs);
    timer.unref();
    resting.set(agentId, timer);
  };

  return {
    follow,
    left,
    rest,
    reconcile,
    noticed: (name, extension, standing) => {
      const known = said.get(`${name} ${extension}`);
      if (known === undefined || known === labelOf(standing)) return;
      again(everybody, reconcile, noticeMs);
    },
    idle: queue.idle,
    stop: () => {
      stopped = true;
      for (const timer of [...retries.values(), ...resting.values()]) clearTimeout(timer);
      retries.clear();
      resting.clear();
    },
  };
};
