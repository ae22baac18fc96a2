import { Notification } from 'electron';
import type { CallBackView } from '../../shared/api/call-backs.ts';
import { displayNumber } from '../../shared/domain/phone-number/phone-number.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { NotificationPorts } from './offer-notifications.ts';

/** Reminders of call-backs, and those that a queue offers, while the window is not in front; without focus and sound. */
export type CallBackNotifications = { readonly show: (desk: DeskSnapshot) => void };

type Told = {
  readonly key: string;
  readonly title: 'callBack.soon' | 'callBack.due' | 'callBack.task' | 'callBack.offered';
  readonly callBack: CallBackView;
};

const bodyOf = ({ kind, customer, number, note }: CallBackView, country: string): string =>
  kind === 'follow_up' ? note : (customer?.name ?? displayNumber(number, country));

export const callBacksToTell = ({
  callBacks,
  callBackNews,
}: Pick<DeskSnapshot, 'callBacks' | 'callBackNews'>): readonly Told[] => {
  const { upcoming = [], offered = null } = callBacks ?? {};
  const reminders = (callBackNews?.reminders ?? []).flatMap(({ id, kind, dueAt }): Told[] => {
    const callBack = upcoming.find((each) => each.id === id);
    if (callBack === undefined) return [];
    const title = callBack.kind === 'follow_up' ? 'task' : kind;
    return [{ key: `${id} ${kind} ${String(dueAt)}`, title: `callBack.${title}`, callBack }];
  });
  const until = offered?.offer?.until ?? null;
  if (offered === null || until === null) return reminders;
  const key = `${offered.id} offered ${String(until)}`;
  return [...reminders, { key, title: 'callBack.offered', callBack: offered }];
};

export const createCallBackNotifications = (ports: NotificationPorts): CallBackNotifications => {
  const shown = new Map<string, Notification | null>();
  return {
    show: (desk) => {
      const { session, settings } = desk;
      const told = session.state === 'signed_in' ? callBacksToTell(desk) : [];
      for (const [key, notification] of shown) {
        if (told.some((each) => each.key === key)) continue;
        notification?.close();
        shown.delete(key);
      }
      for (const { key, title, callBack } of told) {
        if (shown.has(key)) continue;
        if (!settings.notifications || ports.isFocused() || !Notification.isSupported()) {
          shown.set(key, null);
          continue;
        }
        const country = session.state === 'signed_in' ? session.country : '';
        const notification = new Notification({
          title: ports.say(title),
          body: bodyOf(callBack, country),
          icon: ports.icon,
          silent: true,
        });
        notification.on('click', ports.open);
        notification.show();
        shown.set(key, notification);
      }
    },
  };
};
