import type { TransferTargets as Answer } from '../../../shared/api/routes.ts';
import { agentState } from '../../../shared/domain/agent/agent.ts';
import type { Database } from '../../database/database.ts';
import type { Pbx, PbxPresence } from '../../pbx/pbx.ts';
import { listAgentsInQueues, listUsers } from '../accounts/accounts-repository.ts';
import { listStandings } from '../agent/agent-repository.ts';
import { listAllQueues } from '../desk/desk-repository.ts';

export type TransferTargets = {
  /** For the agent who asks, who is not among them. */
  readonly list: (agentId: string) => Promise<Answer>;
};

export const createTransferTargets = (database: Database, pbx: Pbx): TransferTargets => {
  /** null: this PBX tells nothing of phones and queues. */
  const presenceNow = async (): Promise<PbxPresence | null> => {
    const presence = await pbx.presence();
    if (presence.ok) return presence.value;
    return presence.why.code === 'not_supported' ? null : { reachable: [], waiting: {} };
  };

  return {
    list: async (agentId) => {
      const [users, inQueues, standings, queues, presence] = await Promise.all([
        listUsers(database),
        listAgentsInQueues(database),
        listStandings(database),
        listAllQueues(database),
        presenceNow(),
      ]);
      const rows = new Map(standings.map((row) => [row.agentId, row]));
      const agents = users.map(({ id, name, extension }) => {
        const row = rows.get(id);
        const state = row === undefined ? null : agentState(row.standing);
        return {
          id,
          name,
          extension,
          state: state?.state ?? 'offline',
          reason: state?.state === 'not_ready' ? state.reason : null,
          since: row?.since ?? 0,
          doNotDisturb: row?.doNotDisturb ?? false,
          reachable: presence?.reachable.includes(extension) ?? state !== null,
        };
      });
      const isReady = new Set(
        agents.filter((agent) => agent.state === 'ready' && agent.reachable).map(({ id }) => id),
      );
      return {
        agents: agents
          .filter((agent) => agent.id !== agentId)
          .sort((a, b) => a.name.localeCompare(b.name)),
        // Without the PBX nobody knows what its queues are called and whether a call can go there.
        queues: (pbx.capabilities.queues ? queues : []).map((queue) => ({
          ...queue,
          ready: inQueues.filter(({ id, queues: of }) => of.includes(queue.name) && isReady.has(id))
            .length,
          waiting: presence === null ? null : (presence.waiting[queue.name] ?? 0),
        })),
      };
    },
  };
};
