import { hindranceOfReason } from '../readiness/hindrance.ts';
import type { AgentState } from './agent.ts';

/** Whether the agent wishes to be ready, whatever stands in the way or has to be finished first. */
export const wishesReady = (state: AgentState): boolean => {
  if ('next' in state) return state.next.kind === 'ready';
  return (
    state.state === 'ready' ||
    (state.state === 'not_ready' && hindranceOfReason(state.reason) !== null)
  );
};
