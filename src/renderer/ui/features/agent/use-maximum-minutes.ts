import type { AgentView } from '../../../../shared/api/records.ts';
import { useDesk } from '../../bridge/desk-store.ts';

/** How long the present reason is meant to last; null: it has no maximum, or there is no reason. */
export const useMaximumMinutes = (agent: AgentView | null): number | null => {
  const session = useDesk((desk) => desk.session);
  if (session.state !== 'signed_in' || agent?.state.state !== 'not_ready') return null;
  const { reason } = agent.state;
  return session.reasons.find(({ code }) => code === reason)?.maximumMinutes ?? null;
};
