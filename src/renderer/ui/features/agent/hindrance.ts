import type { AgentView } from '../../../../shared/api/records.ts';
import { wishesReady } from '../../../../shared/domain/agent/wishes-ready.ts';
import {
  hindranceOfReason,
  type HindranceCause,
} from '../../../../shared/domain/readiness/hindrance.ts';

/**
 * What keeps an agent from being ready, for the screen: what this desk knows, else what the backend was told. That not all
 * is proven concerns only those who wish to be ready.
 */
export const shownHindrance = (
  agent: AgentView | null,
  here: HindranceCause | null,
): HindranceCause | null => {
  const state = agent?.state ?? null;
  if (state === null || state.state === 'offline') return null;
  const told = state.state === 'not_ready' ? hindranceOfReason(state.reason) : null;
  const cause = here ?? told;
  return cause === 'proving' && !(wishesReady(state) && !('next' in state)) ? null : cause;
};
