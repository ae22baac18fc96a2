import { join } from 'node:path';
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { Wish } from '../../shared/domain/agent/agent.ts';
import type { CallAction } from '../../shared/domain/call/allowed-actions.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { callFor } from '../calls.ts';
import { callerText } from '../caller.ts';
import type { Say } from '../text/texts.ts';
import { trayState } from './tray-state.ts';

export type TrayPorts = {
  readonly icons: string;
  readonly say: Say;
  readonly wish: (wish: Wish) => void;
  readonly act: (action: CallAction, callId: string) => void;
  readonly open: () => void;
  readonly quit: () => void;
};

export type AppTray = {
  readonly show: (desk: DeskSnapshot, phone: PhoneSnapshot) => void;
};

/** The state at a glance beside the clock, and the few things that make sense without the window. */
export const openTray = (ports: TrayPorts): AppTray => {
  const { say } = ports;
  const image = (state: string) =>
    nativeImage.createFromPath(join(ports.icons, `tray-${state}.png`));
  const tray = new Tray(image('signed_out'));
  tray.on('click', ports.open);
  let shown = '';

  const callItems = (desk: DeskSnapshot, phone: PhoneSnapshot): MenuItemConstructorOptions[] =>
    (['answer', 'end'] as const).flatMap((action) => {
      const call = callFor(phone.calls, action);
      if (call === null) return [];
      const who = callerText(desk, call) || say('offer.unknownCaller');
      return [
        {
          label: `${say(`tray.${action}`)}: ${who}`,
          click: () => ports.act(action, call.callId),
        },
      ];
    });

  const stateItems = (desk: DeskSnapshot): MenuItemConstructorOptions[] => {
    if (desk.session.state !== 'signed_in') return [];
    const [reason] = desk.session.reasons;
    const state = desk.agent?.state.state;
    return [
      {
        label: say('tray.becomeReady'),
        enabled: state === 'not_ready',
        click: () => ports.wish({ kind: 'ready' }),
      },
      {
        label: say('tray.becomeNotReady'),
        enabled: state === 'ready' && reason !== undefined,
        click: () => {
          if (reason !== undefined) ports.wish({ kind: 'not_ready', reason: reason.code });
        },
      },
    ];
  };

  return {
    show: (desk, phone) => {
      const state = trayState(desk, phone);
      const items = [...callItems(desk, phone), ...stateItems(desk)];
      const looks = JSON.stringify([state, desk.settings.language, items]);
      if (looks === shown) return;
      shown = looks;
      tray.setImage(image(state));
      tray.setToolTip(say(`tray.${state}`));
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: say('tray.open'), click: ports.open },
          { type: 'separator' },
          ...items,
          { type: 'separator' },
          { label: say('tray.quit'), click: ports.quit },
        ]),
      );
    },
  };
};
