import type { Call } from '../../../shared/domain/call/call.ts';
import { usePhoneStore } from '../bridge/phone-store.ts';
import { isOnHold } from '../state/legs.ts';
import { change, showDesk, useView } from '../state/view-store.ts';

const isHeld = (call: Call | undefined): boolean => call !== undefined && isOnHold(call);

/**
 * A call that was just answered, dialled or brought back takes the centre of the desk, by whichever key or device it
 * was. One that is brought back leaves the agent on the page that is open.
 */
export const followAnsweredCalls = (): (() => void) =>
  usePhoneStore.subscribe(({ phone }, { phone: before }) => {
    if (phone === null) return;
    for (const call of phone.calls) {
      const known = before?.calls.find((other) => other.callId === call.callId);
      const begins =
        (call.state === 'answering' || call.state === 'connected') && known?.state === 'offered';
      const dialed = call.state === 'dialing' && known === undefined && before !== null;
      const back = call.state === 'connected' && isHeld(known) && !isHeld(call);
      if (!begins && !dialed && !back) continue;
      change({ chosenCallId: call.callId });
      // Whoever tries the buttons of a headset reads there what they did.
      const tries = useView.getState().place.kind === 'diagnostics';
      if (!back && !tries) showDesk();
    }
  });
