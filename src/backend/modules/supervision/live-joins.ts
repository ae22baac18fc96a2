import type { JoinView, SupervisorOnCall } from '../../../shared/api/supervision.ts';
import type { BoardJoin } from '../../../shared/api/board.ts';
import type { User } from '../../../shared/api/records.ts';
import {
  agentSeesAfterwards,
  agentSeesNow,
  joinTransition,
  newJoin,
  type Join,
  type JoinEvent,
  type SupervisionMode,
} from '../../../shared/domain/supervision/join.ts';
import { groupBy } from '../../../shared/group-by.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { JoinRow } from './join-repository.ts';

/** A join that goes on. */
export type LiveJoin = {
  readonly row: JoinRow;
  readonly supervisor: User;
  /** As the agent's screen has it; null: nobody knows. */
  readonly customer: string | null;
  agent: User;
  join: Join;
  /** Somebody heard the supervisor. */
  spoke: boolean;
  /** The customer is on the way to the supervisor: whatever ends it now ends it for that. */
  isTakingOver: boolean;
  revision: number;
};

export type LiveJoins = {
  readonly add: (begun: Begun) => LiveJoin;
  readonly find: (joinId: string) => LiveJoin | undefined;
  readonly all: () => readonly LiveJoin[];
  readonly ofSupervisor: (supervisorId: string) => LiveJoin | undefined;
  /** What the agent may know now. */
  readonly seenBy: (agentId: string) => SupervisorOnCall[];
  /** Who is on these calls, whether their agents know it or not: for those who supervise. */
  readonly onCalls: (callKeys: readonly string[]) => ReadonlyMap<string, readonly BoardJoin[]>;
  /** Takes the event, and tells the supervisor and the agents of it. A join that ended is no longer among them. */
  /** The agent is told who has the customer now. */
  readonly takenOver: (live: LiveJoin) => void;
  readonly change: (live: LiveJoin, event: JoinEvent, agent?: User) => void;
};

type Begun = Pick<LiveJoin, 'row' | 'supervisor' | 'agent' | 'customer'> & {
  readonly mode: SupervisionMode;
};

type Needs = {
  readonly push: Pick<PushHub, 'toUser'>;
  /** Who is on this agent's calls has changed. */
  readonly onChanged: (agentId: string) => void;
};

export const joinView = ({
  row,
  agent: { id, name, extension },
  customer,
  join,
  spoke,
  revision,
}: LiveJoin): JoinView => {
  const { agentSees, covert } = row;
  const seen = agentSeesNow({ agentSees, covert, mode: join.mode })
    ? 'now'
    : agentSeesAfterwards({ agentSees, covert, spoke })
      ? 'afterwards'
      : 'never';
  return {
    joinId: row.id,
    state: join.state,
    mode: join.mode,
    wanted: join.wanted,
    agent: { id, name, extension },
    callKey: row.callKey,
    contactId: row.contactId,
    queue: row.queue,
    customer,
    startedAt: row.startedAt,
    seen,
    covert,
    why: join.why,
    revision,
  };
};

export const createLiveJoins = ({ push, onChanged }: Needs): LiveJoins => {
  const live = new Map<string, LiveJoin>();
  const all = () => [...live.values()];
  const onCallsOf = (agentId: string) =>
    all().filter(({ agent, join }) => agent.id === agentId && join.state !== 'moving');

  const seenBy: LiveJoins['seenBy'] = (agentId) =>
    onCallsOf(agentId)
      .filter(({ row, join }) => agentSeesNow({ ...row, mode: join.mode }))
      .map(({ row, supervisor, join }) => ({
        joinId: row.id,
        callKey: row.callKey,
        name: supervisor.name,
        mode: join.mode,
        since: row.startedAt,
      }));

  const tell = (it: LiveJoin, agentIds: ReadonlySet<string>): void => {
    push.toUser(it.supervisor.id, { kind: 'join', join: joinView(it) });
    for (const agentId of agentIds) {
      push.toUser(agentId, { kind: 'supervisors', supervisors: seenBy(agentId) });
      onChanged(agentId);
    }
  };

  return {
    add: ({ mode, ...begun }) => {
      const it: LiveJoin = {
        ...begun,
        join: newJoin(begun.agent.id, mode),
        spoke: false,
        isTakingOver: false,
        revision: 1,
      };
      live.set(it.row.id, it);
      tell(it, new Set([it.agent.id]));
      return it;
    },
    find: (joinId) => live.get(joinId),
    all,
    ofSupervisor: (supervisorId) => all().find(({ supervisor }) => supervisor.id === supervisorId),
    seenBy,
    onCalls: (callKeys) => {
      const asked = new Set(callKeys);
      const shown = all().filter(
        ({ row, join }) => asked.has(row.callKey) && join.state !== 'moving',
      );
      return new Map(
        [...groupBy(shown, ({ row }) => row.callKey)].map(([callKey, joins]) => [
          callKey,
          joins.map(({ row, supervisor, join }) => ({
            joinId: row.id,
            supervisorId: supervisor.id,
            name: supervisor.name,
            mode: join.mode,
          })),
        ]),
      );
    },
    takenOver: ({ row: { callKey }, agent, supervisor: { name } }) => {
      push.toUser(agent.id, {
        ...{ kind: 'supervisors', supervisors: seenBy(agent.id), takenOver: { callKey, name } },
      });
    },
    change: (it, event, agent = it.agent) => {
      const next = joinTransition(it.join, event);
      if (next === it.join) return;
      const agentIds = new Set([it.agent.id, agent.id]);
      it.join = next;
      it.agent = agent;
      it.spoke ||= next.state === 'running' && next.mode !== 'listen';
      it.revision += 1;
      if (next.state === 'ended') live.delete(it.row.id);
      tell(it, agentIds);
    },
  };
};
