import type { Rejection } from '../../../../shared/domain/handle-time/fact.ts';
import type { TransferTarget } from '../../../../shared/ipc/phone.ts';
import type { Panel } from '../../state/legs.ts';
import { orderPhone } from '../../state/orders.ts';
import { change, showDesk, useView } from '../../state/view-store.ts';

/** Answers, and brings the call to the centre of the desk, wherever the agent was. */
export const answerCall = (callId: string): void => {
  change({ chosenCallId: callId });
  showDesk();
  void orderPhone({ kind: 'answer', callId });
};

export const rejectReasons = [
  'busy',
  'declined',
  'call_back',
] as const satisfies readonly Rejection[];

export const rejectCall = (callId: string, reason?: Rejection): void => {
  void orderPhone({ kind: 'reject', callId, ...(reason === undefined ? {} : { reason }) });
};

export const panelId = 'call-panel';

/** Closes what is open in the call's centre; the caret that was in it goes back to the call. */
export const closePanel = (): void => {
  const hadCaret = document.getElementById(panelId)?.contains(document.activeElement) === true;
  change({ panel: null });
  if (hadCaret) document.getElementById('call')?.focus();
};

export const togglePanel = (kind: Panel, callId: string): void => {
  const { panel } = useView.getState();
  const isOpen = panel?.kind === kind && panel.callId === callId;
  if (isOpen) closePanel();
  else change({ panel: { kind, callId } });
};

/** Hands the call over, or asks somebody first. The panel stays open when the phone refuses. */
export const passCall = async (
  kind: 'transfer' | 'consult',
  callId: string,
  to: TransferTarget,
): Promise<void> => {
  if ((await orderPhone({ kind, callId, to })) !== null) closePanel();
};

/** Leaves the customer with music for whoever picks the call up. */
export const parkCall = async (callId: string): Promise<void> => {
  if ((await orderPhone({ kind: 'park', callId })) !== null) closePanel();
};
