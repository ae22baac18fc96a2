import { join, resolve } from 'node:path';
import { app } from 'electron';
import { phoneLinkSchemes } from '../../shared/domain/phone-number/phone-link-scheme.ts';
import type { PhoneLinksState } from '../../shared/ipc/contract.ts';
import { createLogger } from '../log/logger.ts';
import {
  desktopFilePath,
  hasDesktopFile,
  hasXdgSettings,
  isHandler,
  makeHandler,
} from './xdg-settings.ts';

const log = createLogger('phone-links');
/** By this name a Linux desktop knows the program. */
const desktopName = 'ringside.desktop';

/** Whether the system opens phone links with this program, and making it so. */
export type PhoneLinks = {
  readonly state: () => Promise<PhoneLinksState>;
  /** Answers how it is afterwards. */
  readonly set: (on: boolean) => Promise<PhoneLinksState>;
};

type Handlers = {
  readonly obstacle: () => PhoneLinksState['obstacle'];
  readonly has: (scheme: string) => Promise<boolean>;
  readonly set: (scheme: string, on: boolean) => Promise<void>;
};

const linux: Handlers = {
  obstacle: () => {
    if (!hasXdgSettings()) return 'no_xdg_settings';
    return hasDesktopFile(desktopName) ? null : 'no_desktop_file';
  },
  has: (scheme) => isHandler(scheme, desktopName),
  set: async (scheme, on) => {
    // It knows no way to take a scheme away from a program: another one has to be chosen.
    if (on) await makeHandler(scheme, desktopName);
  },
};

// Run from its sources the program is Electron with a folder: the system has to start it so.
const startedAs = (): [string?, string[]?] =>
  app.isPackaged ? [] : [process.execPath, [resolve(app.getAppPath())]];

const others: Handlers = {
  obstacle: () => null,
  has: (scheme) => Promise.resolve(app.isDefaultProtocolClient(scheme, ...startedAs())),
  set: (scheme, on) => {
    if (on) app.setAsDefaultProtocolClient(scheme, ...startedAs());
    else app.removeAsDefaultProtocolClient(scheme, ...startedAs());
    return Promise.resolve();
  },
};

export const createPhoneLinks = (templates: string): PhoneLinks => {
  const isLinux = process.platform === 'linux';
  const handlers = isLinux ? linux : others;

  const state = async (): Promise<PhoneLinksState> => {
    const obstacle = handlers.obstacle();
    const held =
      obstacle === null ? await Promise.all(phoneLinkSchemes.map(handlers.has)) : [false];
    return {
      state: held.every(Boolean) ? 'on' : held.some(Boolean) ? 'partly' : 'off',
      obstacle,
      desktopFile: isLinux
        ? { template: join(templates, desktopName), target: desktopFilePath(desktopName) }
        : null,
    };
  };

  return {
    state,
    set: async (on) => {
      if (handlers.obstacle() === null) {
        // One by one: each of them writes the same file.
        for (const scheme of phoneLinkSchemes) await handlers.set(scheme, on);
      }
      const after = await state();
      log.info('The system was asked about phone links', { on, is: after.state });
      const isDone = after.obstacle !== null || after.state === (on ? 'on' : 'off');
      return isDone ? after : { ...after, obstacle: 'refused' };
    },
  };
};
