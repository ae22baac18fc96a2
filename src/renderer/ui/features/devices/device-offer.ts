import { usePhone } from '../../bridge/phone-store.ts';
import { order } from '../../state/orders.ts';

/** The name of what waits to be taken; a headset offers its microphone and its speaker, and has one name here. */
export const useOfferedDevice = (): string | null =>
  usePhone((phone) => phone?.devices.offered?.[0]?.device.label ?? null);

export const answerOffer = (yes: boolean): void => {
  void order('devices.order', { kind: 'take', yes });
};
