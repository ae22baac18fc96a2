import { globalShortcut } from 'electron';
import type { KeyConflict, Settings } from '../../shared/ipc/desk.ts';
import { createLogger, reasonOf } from '../log/logger.ts';
import { globalKeyNames, type GlobalKeyName } from '../../shared/ipc/global-keys.ts';
import { whyUseless } from './key-conflicts.ts';

const log = createLogger('global-keys');
/** Whoever records a key and walks away must not be left without keys. */
const pausedAtMostMs = 30_000;

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
const holdKeys = (
  keys: Settings['globalKeys'],
  act: (name: GlobalKeyName) => void,
): readonly KeyConflict[] => {
  globalShortcut.unregisterAll();
  return globalKeyNames
    .filter((name) => keys[name] !== '')
    .flatMap((name) => {
      const useless = whyUseless(keys, name, process.platform === 'darwin');
      if (useless !== null) return [{ name, why: useless }];
      return register(keys[name], () => act(name)) ? [] : [{ name, why: 'taken' }];
    });
};

/** The keys that work whatever program is in front. */
export type GlobalKeys = {
  readonly hold: (keys: Settings['globalKeys']) => void;
  readonly pause: (paused: boolean) => void;
};

export const createGlobalKeys = (ports: {
  readonly act: (name: GlobalKeyName) => void;
  readonly onConflicts: (conflicts: readonly KeyConflict[]) => void;
}): GlobalKeys => {
  let wanted: Settings['globalKeys'] | null = null;
  let held = '';
  let timer: ReturnType<typeof setTimeout> | null = null;

  const take = (): void => {
    if (wanted !== null) ports.onConflicts(holdKeys(wanted, ports.act));
  };

  const resume = (): void => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    take();
  };

  return {
    hold: (keys) => {
      const next = JSON.stringify(keys);
      if (next === held) return;
      held = next;
      wanted = keys;
      if (timer === null) take();
    },
    pause: (paused) => {
      if (!paused) {
        resume();
        return;
      }
      if (timer !== null) clearTimeout(timer);
      globalShortcut.unregisterAll();
      timer = setTimeout(resume, pausedAtMostMs);
    },
  };
};
