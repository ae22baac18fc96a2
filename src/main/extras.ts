import { join } from 'node:path';
import type { Wish } from '../shared/domain/agent/agent.ts';
import type { DeskSnapshot } from '../shared/ipc/desk.ts';
import type { PhoneCommand, PhoneSnapshot } from '../shared/ipc/phone.ts';
import { callFor, muteAction } from './calls.ts';
import { createLogger } from './log/logger.ts';
import { setMenu } from './menu.ts';
import { createOfferNotifications } from './notifications/offer-notifications.ts';
import { watchPower } from './power/power.ts';
import { holdGlobalKeys, type GlobalKeyName } from './shortcuts/global-keys.ts';
import type { Say } from './text/texts.ts';
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
  readonly woke: (why: 'resume' | 'network') => void;
  readonly onKeyConflicts: (conflicts: readonly string[]) => void;
};

export type Extras = {
  readonly show: (desk: DeskSnapshot, phone: PhoneSnapshot) => void;
};

/** What lives outside of the window: tray, notifications, global keys, power, menu. Not needed to show the first screen. */
export const openExtras = (ports: ExtrasPorts): Extras => {
  const { say, open } = ports;
  const tray = openTray({
    icons: ports.icons,
    say,
    wish: ports.wish,
    act: (action, callId) => {
      // The tray offers only these two.
      if (action === 'answer' || action === 'end') ports.command({ kind: action, callId });
    },
    open,
    quit: ports.quit,
  });
  const notifications = createOfferNotifications({
    icon: join(ports.icons, 'icon.png'),
    say,
    isFocused: ports.isFocused,
    open,
  });
  const power = watchPower({ onWake: ports.woke });

  const onKey = (name: GlobalKeyName): void => {
    const { calls } = ports.phone();
    if (name === 'mute') {
      const mute = muteAction(calls);
      if (mute !== null) ports.command({ kind: mute.action, callId: mute.call.callId });
      return;
    }
    const call = callFor(calls, name);
    log.info('A global key was pressed', { name, callId: call?.callId ?? null });
    if (call !== null) ports.command({ kind: name, callId: call.callId });
  };

  let keys = '';
  let language = '';
  return {
    show: (desk, phone) => {
      const wanted = JSON.stringify(desk.settings.globalKeys);
      if (wanted !== keys) {
        keys = wanted;
        ports.onKeyConflicts(holdGlobalKeys(desk.settings.globalKeys, onKey));
      }
      if (desk.settings.language !== language) {
        language = desk.settings.language;
        setMenu(say, ports.quit);
      }
      tray.show(desk, phone);
      notifications.show(desk, phone);
      power.show(desk, phone);
    },
  };
};
