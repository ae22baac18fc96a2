import {
  agentQueuesSchema,
  teamMessageAnswerSchema,
  teamMessagesSchema,
} from '../../shared/api/acting.ts';
import { contactHandsSchema, handSchema } from '../../shared/api/help.ts';
import { agentViewSchema } from '../../shared/api/records.ts';
import { owedWrapUpsSchema } from '../../shared/api/wrap-ups.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import { success, type Result } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';
import { takeHelpPush } from './help-view.ts';

type HelpRequest = Extract<
  keyof UiHandlers,
  `help.${string}` | `acting.${string}` | `memos.${string}`
>;

/** Help beside a call, and what supervisors do to agents' work. */
export const helpRequests = (
  { request }: Pick<DeskSession, 'request'>,
  store: DeskStore,
  newId: () => string,
): Pick<UiHandlers, HelpRequest> => {
  /** Shown at once; the push says the same a moment later. */
  const onHand = async (path: string, body: object): Promise<Result<null, Refusal>> => {
    const answer = await request({ method: 'POST', path, body, answer: handSchema });
    if (!answer.ok) return answer;
    takeHelpPush(store, { kind: 'hand', hand: answer.value });
    return success(null);
  };
  return {
    'help.raise': ({ callKey }) => onHand('/hands', { handId: newId(), callKey }),
    'help.take': ({ handId, from }) => onHand(`/hands/${handId}/take`, { from }),
    'help.release': ({ handId }) => onHand(`/hands/${handId}/release`, {}),
    'help.lower': ({ handId }) => onHand(`/hands/${handId}/lower`, {}),
    'help.write': ({ handId, ...message }) => onHand(`/hands/${handId}/messages`, message),
    'help.ofContact': ({ contactId }) =>
      request({
        method: 'GET',
        path: `/contacts/${contactId}/hands`,
        answer: contactHandsSchema,
      }),
    'acting.setState': ({ agentId, state }) =>
      request({
        method: 'PUT',
        path: `/agents/${agentId}/state`,
        body: { state },
        answer: agentViewSchema,
      }),
    'acting.queues': ({ agentId }) =>
      request({ method: 'GET', path: `/agents/${agentId}/queues`, answer: agentQueuesSchema }),
    'acting.putQueues': ({ agentId, ...body }) =>
      request({
        method: 'PUT',
        path: `/agents/${agentId}/queues`,
        body,
        answer: agentQueuesSchema,
      }),
    'acting.owed': () =>
      request({ method: 'GET', path: '/wrap-ups/owed', answer: owedWrapUpsSchema }),
    'acting.completeWrapUp': ({ callId, ...body }) =>
      request({ method: 'POST', path: `/wrap-ups/${callId}/complete`, body, answer: null }),
    'acting.messages': () =>
      request({ method: 'GET', path: '/team-messages', answer: teamMessagesSchema }),
    'acting.message': (message) =>
      request({
        method: 'POST',
        path: '/team-messages',
        body: message,
        answer: teamMessageAnswerSchema,
      }),
    'memos.read': async ({ memoId }) => {
      const path = `/memos/${memoId}/read`;
      const answer = await request({ method: 'PUT', path, answer: null });
      if (answer.ok) {
        store.update({ memos: (store.snapshot().memos ?? []).filter(({ id }) => id !== memoId) });
      }
      return answer;
    },
  };
};
