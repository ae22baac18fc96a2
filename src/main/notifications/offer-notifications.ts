import { Notification } from 'electron';
import type { Call } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { callerText } from '../caller.ts';
import type { Say } from '../text/texts.ts';

export type NotificationPorts = {
  readonly icon: string;
  readonly say: Say;
  readonly isFocused: () => boolean;
  readonly open: () => void;
  /** The system shows it. */
  readonly onShown: (callId: string) => void;
};

/** One notification for each call that rings while the window is not in front; it never takes the focus. */
export type OfferNotifications = {
  readonly show: (desk: DeskSnapshot, phone: PhoneSnapshot) => void;
};

const queueLabel = (desk: DeskSnapshot, queue: string): string => {
  if (desk.session.state !== 'signed_in') return queue;
  const known = desk.session.queues.find((other) => other.name === queue);
  return known?.label[desk.settings.language] ?? queue;
};

export const createOfferNotifications = (ports: NotificationPorts): OfferNotifications => {
  const seen = new Map<string, Notification | null>();

  const announce = (desk: DeskSnapshot, call: Call): Notification | null => {
    if (!desk.settings.notifications || ports.isFocused() || !Notification.isSupported()) {
      return null;
    }
    const caller = callerText(desk, call) || ports.say('offer.unknownCaller');
    const notification = new Notification({
      title: ports.say('offer.title'),
      body:
        call.queue === null
          ? caller
          : ports.say('offer.inQueue', { caller, queue: queueLabel(desk, call.queue) }),
      icon: ports.icon,
      // The phone rings on the chosen device.
      silent: true,
      urgency: 'critical',
    });
    notification.on('click', ports.open);
    notification.on('show', () => ports.onShown(call.callId));
    notification.show();
    return notification;
  };

  return {
    show: (desk, phone) => {
      const ringing = phone.calls.filter((call) => call.state === 'offered');
      for (const call of ringing) {
        if (!seen.has(call.callId)) seen.set(call.callId, announce(desk, call));
      }
      for (const [callId, notification] of seen) {
        if (ringing.some((call) => call.callId === callId)) continue;
        notification?.close();
        seen.delete(callId);
      }
    },
  };
};
