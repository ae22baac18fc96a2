import { globalShortcut } from 'electron';
import type { Settings } from '../../shared/ipc/desk.ts';
import { createLogger, reasonOf } from '../log/logger.ts';

const log = createLogger('global-keys');

export type GlobalKeyName = keyof Settings['globalKeys'];

const register = (accelerator: string, act: () => void): boolean => {
  try {
    return globalShortcut.register(accelerator, act);
  } catch (thrown) {
    // Not an accelerator at all.
    log.warn('A global key was not understood', { why: reasonOf(thrown) });
    return false;
  }
};

/** Takes the keys of the settings; returns those that could not be had. */
export const holdGlobalKeys = (
  keys: Settings['globalKeys'],
  act: (name: GlobalKeyName) => void,
): readonly string[] => {
  globalShortcut.unregisterAll();
  const names: readonly GlobalKeyName[] = ['answer', 'end', 'mute'];
  return names
    .filter((name) => keys[name] !== '' && !register(keys[name], () => act(name)))
    .map((name) => keys[name]);
};
