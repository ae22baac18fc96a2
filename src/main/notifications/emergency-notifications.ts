import { Notification } from 'electron';
import { addressText } from '../../shared/domain/emergency/location.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { NotificationPorts } from './offer-notifications.ts';

/** An agent who called for help, whatever the settings say and whichever window is in front. */
export type EmergencyNotifications = { readonly show: (desk: DeskSnapshot) => void };

export const createEmergencyNotifications = (ports: NotificationPorts): EmergencyNotifications => {
  const shown = new Map<string, Notification | null>();
  return {
    show: ({ emergencies = [] }) => {
      for (const [callKey, notification] of shown) {
        if (emergencies.some((call) => call.callKey === callKey)) continue;
        notification?.close();
        shown.delete(callKey);
      }
      for (const { callKey, agent, number, address } of emergencies) {
        if (shown.has(callKey)) continue;
        if (!Notification.isSupported()) {
          shown.set(callKey, null);
          continue;
        }
        const notification = new Notification({
          title: ports.say('emergency.called', { name: agent.name, number }),
          body: address === null ? '' : addressText(address),
          icon: ports.icon,
          urgency: 'critical',
        });
        notification.on('click', ports.open);
        notification.show();
        shown.set(callKey, notification);
      }
    },
  };
};
