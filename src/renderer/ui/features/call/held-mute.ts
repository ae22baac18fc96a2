import type { Call } from '../../../../shared/domain/call/call.ts';
import type { PhoneCommand } from '../../../../shared/ipc/phone.ts';
import { orderPhone, orderPhoneQuietly } from '../../state/orders.ts';

/** What undoes it, of the very call that it was begun in. */
let back: PhoneCommand | null = null;

/** While a key is held the microphone is the other way: silent for a cough, or open for a word out of a mute. */
export const beginHeldMute = (call: Call): void => {
  const { callId } = call;
  const muted = call.state === 'connected' && call.muted;
  back = { kind: muted ? 'mute' : 'unmute', callId };
  void orderPhone({ kind: muted ? 'unmute' : 'mute', callId });
};

/** In whatever state the screen is: the phone takes both orders in turn. */
export const endHeldMute = (): void => {
  const command = back;
  back = null;
  // A call that ended meanwhile, or was muted by another hand, needs no word.
  if (command !== null) void orderPhoneQuietly(command);
};
