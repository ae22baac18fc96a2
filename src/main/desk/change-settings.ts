import type { Settings } from '../../shared/ipc/desk.ts';
import { success } from '../../shared/result.ts';
import type { DeskHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';
import { settingsRefusal } from './settings-change.ts';

/** The agent's settings: kept, shown, and passed on to whatever follows them. */
export const createChangeSettings =
  (ports: {
    readonly store: DeskStore;
    readonly session: Pick<DeskSession, 'moved'>;
    /** Writes them; false when they could not be kept. */
    readonly keep: (change: Partial<Settings>) => boolean;
    readonly onSettings: (settings: Settings) => void;
    readonly setupEngine: () => void;
  }): DeskHandlers['settings.change'] =>
  (change) => {
    const { store } = ports;
    const before = store.snapshot();
    const allowed = settingsRefusal(change, before.session);
    if (!allowed.ok) return allowed;
    const kept = ports.keep(change);
    const settings = { ...before.settings, ...change };
    const others = (before.notices ?? []).filter((notice) => notice !== 'settings_not_saved');
    store.update({
      settings,
      notices: kept ? others : [...others, 'settings_not_saved'],
      ...(change.backendUrl === undefined ? {} : { backendUrl: change.backendUrl }),
    });
    ports.onSettings(settings);
    ports.setupEngine();
    if (change.backendUrl !== undefined) ports.session.moved();
    return success(null);
  };
