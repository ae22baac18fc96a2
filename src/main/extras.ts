import { join } from 'node:path';
import type { Wish } from '../shared/domain/agent/agent.ts';
import type { DeskSnapshot, KeyConflict } from '../shared/ipc/desk.ts';
import type { PhoneCommand, PhoneSnapshot } from '../shared/ipc/phone.ts';
import { callFor, toggleFor } from '../shared/domain/call/meant-call.ts';
import { createLogger } from './log/logger.ts';
import { setMenu } from './menu.ts';
import { createCallBackNotifications } from './notifications/call-back-notifications.ts';
import { createEmergencyNotifications } from './notifications/emergency-notifications.ts';
import { createHandNotifications } from './notifications/hand-notifications.ts';
import { createOfferNotifications } from './notifications/offer-notifications.ts';
import { createShiftNotifications } from './notifications/shift-notifications.ts';
import { watchPower, type PowerPorts } from './power/power.ts';
import { createGlobalKeys } from './shortcuts/global-keys.ts';
import type { GlobalKeyName } from '../shared/ipc/global-keys.ts';
import type { Say } from './text/texts.ts';
import type { TrayOrder } from './tray/tray-menu.ts';
import { openTray } from './tray/tray.ts';

const log = createLogger('extras');

export type ExtrasPorts = {
  readonly icons: string;
  readonly say: Say;
  readonly phone: () => PhoneSnapshot;
  readonly command: (command: PhoneCommand) => void;
  readonly wish: (wish: Wish) => void;
  readonly open: () => void;
  readonly isFocused: () => boolean;
  readonly quit: () => void;
  readonly power: PowerPorts;
  /** A notification of this call is on the screen. */
  readonly notified: (callId: string) => void;
  readonly onKeyConflicts: (conflicts: readonly KeyConflict[]) => void;
  readonly dialSelected: () => void;
  readonly setCompact: (on: boolean) => void;
  readonly setDoNotDisturb: (on: boolean) => void;
};

export type Extras = {
  /** While a key is recorded no global key acts. */
  readonly pauseKeys: (paused: boolean) => void;
  readonly show: (desk: DeskSnapshot, phone: PhoneSnapshot) => void;
};

/** What lives outside of the window: tray, notifications, global keys, power, menu. Not needed to show the first screen. */
export const openExtras = (ports: ExtrasPorts): Extras => {
  const { say, open } = ports;
  const obey = (order: TrayOrder): void => {
    switch (order.kind) {
      case 'command':
        ports.command(order.command);
        return;
      case 'wish':
        ports.wish(order.wish);
        return;
      case 'do_not_disturb':
        ports.setDoNotDisturb(order.on);
        return;
      case 'compact':
        ports.setCompact(order.on);
        return;
      case 'open':
        open();
        return;
      case 'quit':
        ports.quit();
    }
  };
  const tray = openTray({ icons: ports.icons, say, obey });
  const toNotify = {
    icon: join(ports.icons, 'icon.png'),
    say,
    isFocused: ports.isFocused,
    open,
    onShown: ports.notified,
  };
  const notifications = createOfferNotifications(toNotify);
  const shiftNotifications = createShiftNotifications(toNotify);
  const handNotifications = createHandNotifications(toNotify);
  const emergencyNotifications = createEmergencyNotifications(toNotify);
  const callBackNotifications = createCallBackNotifications(toNotify);
  const power = watchPower(ports.power, (kind) =>
    say(kind === 'block' ? 'power.inCall' : 'power.ready'),
  );

  let isCompactWished = false;

  const onKey = (name: GlobalKeyName): void => {
    log.info('A global key was pressed', { name });
    const { calls } = ports.phone();
    switch (name) {
      case 'dialSelected':
        ports.dialSelected();
        return;
      case 'compact':
        ports.setCompact(!isCompactWished);
        return;
      case 'mute':
      case 'hold': {
        const toggle = toggleFor(calls, name);
        if (toggle !== null) ports.command({ kind: toggle.action, callId: toggle.call.callId });
        return;
      }
      default: {
        const call = callFor(calls, name);
        if (call !== null) ports.command({ kind: name, callId: call.callId });
      }
    }
  };
  const keys = createGlobalKeys({ act: onKey, onConflicts: ports.onKeyConflicts });

  let language = '';
  return {
    pauseKeys: keys.pause,
    show: (desk, phone) => {
      isCompactWished = desk.settings.compact;
      keys.hold(desk.settings.globalKeys);
      if (desk.settings.language !== language) {
        language = desk.settings.language;
        setMenu(say, ports.quit);
      }
      tray.show(desk, phone);
      notifications.show(desk, phone);
      shiftNotifications.show(desk);
      handNotifications.show(desk);
      emergencyNotifications.show(desk);
      callBackNotifications.show(desk);
      power.show(desk, phone);
    },
  };
};
