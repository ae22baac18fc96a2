import { orderPhone } from '../../state/orders.ts';
import { change, showDesk } from '../../state/view-store.ts';

/** Answers, and brings the call to the centre of the desk, wherever the agent was. */
export const answerCall = (callId: string): void => {
  change({ chosenCallId: callId });
  showDesk();
  void orderPhone({ kind: 'answer', callId });
};

export const rejectCall = (callId: string): void => {
  void orderPhone({ kind: 'reject', callId });
};
