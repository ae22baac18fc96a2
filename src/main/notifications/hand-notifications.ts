import { Notification } from 'electron';
import type { HandView } from '../../shared/api/help.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { NotificationPorts } from './offer-notifications.ts';

/** Who asks a supervisor for help while the window is not in front; it never takes the focus and makes no sound. */
export type HandNotifications = { readonly show: (desk: DeskSnapshot) => void };

/** Hands of others that nobody has taken. */
const handsToTell = ({
  session,
  hands = [],
}: Pick<DeskSnapshot, 'session' | 'hands'>): readonly HandView[] =>
  session.state === 'signed_in'
    ? hands.filter(
        ({ agent, taken, over }) => taken === null && over === null && agent.id !== session.user.id,
      )
    : [];

export const createHandNotifications = (ports: NotificationPorts): HandNotifications => {
  const shown = new Map<string, Notification | null>();
  return {
    show: (desk) => {
      const waiting = handsToTell(desk);
      for (const [id, notification] of shown) {
        if (waiting.some((hand) => hand.id === id)) continue;
        notification?.close();
        shown.delete(id);
      }
      for (const { id, agent, who } of waiting) {
        if (shown.has(id)) continue;
        const quiet =
          !desk.settings.notifications || ports.isFocused() || !Notification.isSupported();
        if (quiet) {
          shown.set(id, null);
          continue;
        }
        const notification = new Notification({
          title: ports.say('hand.asks', { name: agent.name }),
          body: who,
          icon: ports.icon,
          silent: true,
        });
        notification.on('click', ports.open);
        notification.show();
        shown.set(id, notification);
      }
    },
  };
};
