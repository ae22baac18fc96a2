import { usePhoneStore } from '../bridge/phone-store.ts';
import { change, showDesk } from '../state/view-store.ts';

/** A call that was just answered or dialled takes the centre of the desk, by whichever key or device it was. */
export const followAnsweredCalls = (): (() => void) =>
  usePhoneStore.subscribe(({ phone }, { phone: before }) => {
    if (phone === null) return;
    for (const call of phone.calls) {
      const known = before?.calls.find((other) => other.callId === call.callId);
      const begins =
        (call.state === 'answering' || call.state === 'connected') && known?.state === 'offered';
      const dialed = call.state === 'dialing' && known === undefined && before !== null;
      if (!begins && !dialed) continue;
      change({ chosenCallId: call.callId });
      showDesk();
    }
  });
