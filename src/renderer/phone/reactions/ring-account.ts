import type { RingSilence } from '../../../shared/domain/missed/missed.ts';
import type { PhoneStore } from '../phone-state.ts';

/**
 * Gives account of which calls ring and whether that can be heard: once for each call and each turn of it, also for one
 * that joins a ring that is on. The answer is called with what the ringing tone came to; `undefined`: nobody knows yet.
 */
export const createRingAccount = (
  store: PhoneStore,
  isQuiet: (callId: string) => boolean,
  tell: (callIds: readonly string[], silence: RingSilence | null) => void,
): ((heard: RingSilence | null | undefined) => void) => {
  let heard: RingSilence | null | undefined;
  let told = '';

  const look = (): void => {
    if (heard === undefined) return;
    const { calls, devices } = store.get();
    const ringing = calls
      .filter(({ callId, state }) => state === 'offered' && !isQuiet(callId))
      .map(({ callId }) => callId);
    // Chromium plays into the void where there is no device.
    const silence = devices.problem === 'no_speaker' ? 'no_speaker' : heard;
    const now = `${ringing.join()} ${String(silence)}`;
    if (ringing.length === 0 || now === told) return;
    told = now;
    tell(ringing, silence);
  };

  store.subscribe(look);
  return (next) => {
    heard = next;
    look();
  };
};
