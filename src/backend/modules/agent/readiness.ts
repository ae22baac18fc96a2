import type { AgentView } from '../../../shared/api/records.ts';
import type { DeskReadiness } from '../../../shared/domain/agent/agent.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { SignedIn } from '../../plugins/access.ts';
import { isLiveSession } from '../session/session-repository.ts';
import { lockStanding } from './agent-repository.ts';
import type { Agents } from './agent-service.ts';

/** What a desk proves of itself: whether a call could ring and be heard there. */
export type DeskProofs = {
  /** Told whole with a rising revision, so that what is lost, late or told twice does no harm. */
  readonly tell: (who: SignedIn, told: Omit<DeskReadiness, 'sessionId'>) => Promise<AgentView>;
};

export const createDeskProofs = (needs: {
  readonly database: Database;
  readonly agents: Agents;
  readonly now: Now;
}): DeskProofs => {
  const { database, agents, now } = needs;
  return {
    tell: async ({ user, sessionId }, told) => {
      const change = await database.transaction(async (transaction) => {
        await lockStanding(transaction, user.id);
        // A word that was on its way when somebody signed in elsewhere is not of the desk that counts now.
        if (!(await isLiveSession(transaction, sessionId))) return null;
        const readiness = { sessionId, ...told };
        return agents.takeIn(transaction, user.id, [
          { step: { kind: 'readiness', readiness }, at: now(), source: 'client' },
        ]);
      });
      agents.announce(change);
      return change?.view ?? (await agents.view(user.id));
    },
  };
};
