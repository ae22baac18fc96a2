import type { AgentView, User } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import { findUser, maySupervise } from '../accounts/accounts-repository.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { Agents } from './agent-service.ts';

export type ForcedState = 'ready' | 'not_ready' | 'offline';

/** What a supervisor decides for an agent. */
export type Supervision = {
  /** During a call it waits for the end of the call, like the agent's own wish; no wrap-up is lost. */
  readonly force: (
    supervisor: User,
    agentId: string,
    to: ForcedState,
  ) => Promise<Answer<AgentView>>;
};

type Needs = {
  readonly database: Database;
  readonly agents: Agents;
  readonly now: Now;
  readonly log: Log;
};

export const createSupervision = ({ database, agents, now, log }: Needs): Supervision => ({
  force: async (supervisor, agentId, to) => {
    const agent = await findUser(database, agentId);
    if (agent === null) return refused('not_found', 'there is no such user');
    if (!(await maySupervise(database, supervisor, agentId))) {
      return refused('not_allowed', 'this agent is not of your team');
    }
    const before = await agents.view(agentId);
    if (before.state.state === 'offline') {
      return to === 'offline'
        ? success(before)
        : refused('conflict', 'the agent is signed out, and only the agent can sign in');
    }
    const change = await database.transaction(async (transaction) => {
      const at = now();
      const made = await agents.takeIn(transaction, agentId, [
        {
          step: { kind: 'forced', to, name: supervisor.name },
          at,
          source: `supervisor:${supervisor.id}`,
        },
      ]);
      if (made !== null) {
        const details = { to, before: before.state.state, after: made.view.state.state };
        const line = { at, actor: supervisor.id, subject: agentId, details };
        await appendAudit(transaction, { ...line, action: 'agent_state_set' });
      }
      return made;
    });
    agents.announce(change);
    log.info({ supervisorId: supervisor.id, agentId, to }, 'a supervisor set an agent’s state');
    return success(change?.view ?? (await agents.view(agentId)));
  },
});
