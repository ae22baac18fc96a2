import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { usePhone } from '../bridge/phone-store.ts';
import { useCapabilities } from './use-capabilities.ts';

/**
 * `path`: neither side hears the other, and the customer may hear music meanwhile (`path_music`); `signalling`: they do, and
 * nothing can be asked of the phone system.
 */
export type Outage = 'path' | 'path_music' | 'signalling';

export const outageOf = (
  phone: Pick<PhoneSnapshot, 'calls' | 'lostPaths' | 'registration'> | null,
  callId: string | null,
  /** The phone system plays music to whoever hears nothing. */
  comforts: boolean,
): Outage | null => {
  const call = phone?.calls.find((one) => one.callId === callId);
  if (phone === null || call?.state !== 'connected') return null;
  if (phone.lostPaths?.some((lost) => lost.callId === callId)) {
    return comforts && call.hold === 'none' ? 'path_music' : 'path';
  }
  const { registration } = phone;
  const isAway = registration.state === 'failed' && registration.why === 'pbx_unreachable';
  return isAway ? 'signalling' : null;
};

export const useOutage = (callId: string | null): Outage | null => {
  const { comfort = false } = useCapabilities();
  return usePhone((phone) => outageOf(phone, callId, comfort));
};
