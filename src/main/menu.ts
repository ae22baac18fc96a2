import { Menu } from 'electron';
import type { Say } from './text/texts.ts';

/** Hidden until Alt is pressed; its roles make the usual keys of editing work everywhere. */
export const setMenu = (say: Say, quit: () => void): void => {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: say('menu.edit'),
        submenu: [
          { role: 'undo', label: say('menu.undo') },
          { role: 'redo', label: say('menu.redo') },
          { type: 'separator' },
          { role: 'cut', label: say('menu.cut') },
          { role: 'copy', label: say('menu.copy') },
          { role: 'paste', label: say('menu.paste') },
          { role: 'selectAll', label: say('menu.selectAll') },
          { type: 'separator' },
          { label: say('menu.quit'), accelerator: 'CommandOrControl+Q', click: quit },
        ],
      },
      {
        label: say('menu.view'),
        submenu: [
          { role: 'resetZoom', label: say('menu.resetZoom') },
          { role: 'zoomIn', label: say('menu.zoomIn') },
          { role: 'zoomOut', label: say('menu.zoomOut') },
          { type: 'separator' },
          { role: 'togglefullscreen', label: say('menu.fullScreen') },
        ],
      },
    ]),
  );
};
