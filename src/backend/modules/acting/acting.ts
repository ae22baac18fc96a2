import type { Memo } from '../../../shared/api/acting.ts';
import type { App } from '../../app-type.ts';
import { actingRoutes } from './acting-routes.ts';
import { createAgentQueues, type AgentQueueChanges, type AgentQueueNeeds } from './agent-queues.ts';
import { createMemos, type Memos, type MemoNeeds } from './memos.ts';
import { createTeamMessages } from './team-messages.ts';

/** What supervisors do to agents' work beside their state: queues, messages, and what the agents are told. */
export type Acting = {
  readonly memos: Memos;
  readonly deskPart: (agentId: string) => Promise<{ readonly memos: Memo[] }>;
  readonly routes: (app: App) => void;
  /** Gives back what was for a day that is over. */
  readonly sweep: AgentQueueChanges['sweep'];
};

export const createActing = (needs: MemoNeeds & Omit<AgentQueueNeeds, 'memos'>): Acting => {
  const memos = createMemos(needs);
  const agentQueues = createAgentQueues({ ...needs, memos });
  const messages = createTeamMessages({ ...needs, memos });
  return {
    memos,
    deskPart: async (agentId) => ({ memos: [...(await memos.unread(agentId))] }),
    routes: (app) => {
      actingRoutes(app, { agentQueues, messages, memos });
    },
    sweep: agentQueues.sweep,
  };
};
