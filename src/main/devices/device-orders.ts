import { withNames } from '../../shared/domain/devices/older-choice.ts';
import type { Settings } from '../../shared/ipc/desk.ts';
import type { DeviceOrder, DeviceReport } from '../../shared/ipc/devices.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { success } from '../../shared/result.ts';
import type { DeviceHandlers } from '../ipc/ui-answers.ts';

export type DeviceOrders = {
  readonly handlers: DeviceHandlers;
  readonly take: (report: DeviceReport) => void;
  readonly takePhone: (phone: Pick<PhoneSnapshot, 'devices' | 'engineId'>) => void;
  /** The page that looked is gone. */
  readonly close: () => void;
};

/** What the page asks of microphones and speakers, and what the engine answers. */
export const createDeviceOrders = (ports: {
  readonly order: (order: DeviceOrder) => void;
  readonly publish: (report: DeviceReport) => void;
  readonly phone: () => Pick<PhoneSnapshot, 'devices'>;
  readonly settings: () => Settings;
  readonly changeSettings: (change: Partial<Settings>) => void;
  readonly ringTested: (heard: boolean) => void;
  readonly wallNow: () => number;
}): DeviceOrders => {
  /** Microphones are open for a page that shows their meters, by this order. */
  let measuring: Extract<DeviceOrder, { readonly kind: 'meter' }> | null = null;
  let engineId: string | null = null;
  let listed: PhoneSnapshot['devices'] | null = null;

  return {
    handlers: {
      'devices.order': (order) => {
        if (order.kind === 'meter') measuring = order.on ? order : null;
        ports.order(order);
        return success(null);
      },
      'devices.ringHeard': ({ heard }) => {
        const ringer = ports.phone().devices.inUse?.ringer?.label ?? '';
        ports.ringTested(heard);
        ports.changeSettings({ ringProof: { at: ports.wallNow(), heard, ringer } });
        return success(null);
      },
    },
    take: ports.publish,
    takePhone: ({ devices, engineId: engine }) => {
      // One that was born meanwhile knows of nobody who looks.
      if (engine !== engineId && engineId !== null && measuring !== null) ports.order(measuring);
      engineId = engine;
      if (devices === listed) return;
      listed = devices;
      const { audioDevices } = ports.settings();
      const named = withNames(audioDevices, devices);
      if (named !== audioDevices) ports.changeSettings({ audioDevices: named });
    },
    close: () => {
      if (measuring !== null) ports.order({ kind: 'meter', on: false });
      measuring = null;
    },
  };
};
