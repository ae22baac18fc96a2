import { join } from 'node:path';
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { Say } from '../text/texts.ts';
import { stateText, trayMenu, type TrayEntry, type TrayOrder } from './tray-menu.ts';
import { trayState } from './tray-state.ts';

type BuiltMenu = ReturnType<typeof Menu.buildFromTemplate>;

export type TrayPorts = {
  readonly icons: string;
  readonly say: Say;
  readonly obey: (order: TrayOrder) => void;
};

export type AppTray = {
  readonly show: (desk: DeskSnapshot, phone: PhoneSnapshot) => void;
};

/** The state at a glance beside the clock, and the few things that make sense without the window. */
export const openTray = ({ icons, say, obey }: TrayPorts): AppTray => {
  const image = (state: string) => nativeImage.createFromPath(join(icons, `tray-${state}.png`));
  const tray = new Tray(image('signed_out'));
  tray.on('click', () => obey({ kind: 'open' }));
  let shown = '';

  const submenus = new Map<string, BuiltMenu>();
  /**
   * A menu within a menu is made once for each look that it has: of a tray's menu that is replaced Electron (33.2.1, Linux) lets
   * go, and never of the menus within it. A shift of 400 calls replaces it some thousand times.
   */
  const submenuOf = (entries: readonly TrayEntry[]): BuiltMenu => {
    const looks = JSON.stringify(entries);
    const menu = submenus.get(looks) ?? Menu.buildFromTemplate(entries.map(itemOf));
    submenus.set(looks, menu);
    entries.forEach((entry, index) => {
      const item = menu.items[index];
      // A press has changed it.
      if (item !== undefined && entry.kind === 'act' && entry.checked !== null) {
        item.checked = entry.checked;
      }
    });
    return menu;
  };

  const itemOf = (entry: TrayEntry): MenuItemConstructorOptions => {
    switch (entry.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return { label: entry.label, enabled: false };
      case 'menu':
        return { label: entry.label, submenu: submenuOf(entry.entries) };
      case 'act':
        return {
          label: entry.label,
          click: () => obey(entry.order),
          ...(entry.checked === null ? {} : { type: 'checkbox', checked: entry.checked }),
        };
    }
  };

  return {
    show: (desk, phone) => {
      const state = trayState(desk, phone);
      const entries = trayMenu(desk, phone, say);
      const looks = JSON.stringify([state, entries]);
      if (looks === shown) return;
      shown = looks;
      tray.setImage(image(state));
      tray.setToolTip(stateText(desk, phone, say));
      tray.setContextMenu(Menu.buildFromTemplate(entries.map(itemOf)));
    },
  };
};
