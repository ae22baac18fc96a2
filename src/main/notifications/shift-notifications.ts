import { Notification } from 'electron';
import type { DeskSnapshot, ShiftReminder } from '../../shared/ipc/desk.ts';
import type { Say } from '../text/texts.ts';
import type { NotificationPorts } from './offer-notifications.ts';

/** A reminder of the shift while the window is not in front; it never takes the focus and makes no sound. */
export type ShiftNotifications = { readonly show: (desk: DeskSnapshot) => void };

const textOf = (say: Say, { kind, label, at }: ShiftReminder, language: string): string => {
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(at);
  const what = label === '' ? say(`shift.${kind}`) : label;
  return say('shift.at', { what, time });
};

export const createShiftNotifications = (ports: NotificationPorts): ShiftNotifications => {
  let shown: { readonly key: string; readonly notification: Notification | null } | null = null;
  return {
    show: (desk) => {
      const { shiftReminder: reminder, settings } = desk;
      const key = reminder === null ? null : `${reminder.kind} ${String(reminder.at)}`;
      if (key === (shown?.key ?? null)) return;
      shown?.notification?.close();
      shown = null;
      if (reminder === null || key === null) return;
      const quiet = !settings.notifications || ports.isFocused() || !Notification.isSupported();
      if (quiet) {
        shown = { key, notification: null };
        return;
      }
      const notification = new Notification({
        title: 'Ringside',
        body: textOf(ports.say, reminder, settings.language),
        icon: ports.icon,
        silent: true,
      });
      notification.on('click', ports.open);
      notification.show();
      shown = { key, notification };
    },
  };
};
