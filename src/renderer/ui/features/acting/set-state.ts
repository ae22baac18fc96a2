import type { ActedOn } from '../../state/acting-store.ts';
import { i18n } from '../../i18n/i18n.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';

export type ForcedState = 'ready' | 'not_ready' | 'offline';

/** Sets an agent's state and says what came of it: in a call it waits for the end of the call. */
export const setAgentState = async (
  { agentId, name }: ActedOn,
  state: ForcedState,
): Promise<boolean> => {
  const answer = await order('acting.setState', { agentId, state });
  if (!answer.ok) return false;
  const waits = 'next' in answer.value.state;
  const words = `acting.done.${state}` as const;
  giveNotice({
    tone: 'info',
    text: i18n.t(words, { name }),
    detail: waits ? i18n.t('acting.afterTheCall') : null,
  });
  return true;
};
