import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import ElectronStore, { type Schema } from 'electron-store';
import { settingsSchema, type Settings } from '../../shared/ipc/desk.ts';
import { createLogger, reasonOf } from '../log/logger.ts';
import {
  compactPlacesSchema,
  noCompactPlaces,
  type CompactPlaces,
} from '../windows/compact-place.ts';
import { boundsSchema, type WindowPlace } from '../windows/window-place.ts';
import { olderNames, takenOver } from './older-settings.ts';
import { withDefaults } from './with-defaults.ts';

const log = createLogger('settings');

type Stored = Settings & {
  readonly window: WindowPlace | null;
  readonly compactPlaces: CompactPlaces;
};

export type SettingsStore = {
  readonly settings: () => Settings;
  /** False when it could not be written; it holds for this run all the same. */
  readonly change: (change: Partial<Settings>) => boolean;
  readonly windowPlace: () => WindowPlace | null;
  readonly keepWindowPlace: (place: WindowPlace) => void;
  readonly compactPlaces: () => CompactPlaces;
  readonly keepCompactPlaces: (places: CompactPlaces) => void;
  /** The file could not be read: it was kept aside, these are the defaults. */
  readonly reset: boolean;
};

// A TypeBox schema is JSON Schema with hidden marks; electron-store's types ask for the plain form of its own. A file of
// an earlier version lacks what came later, within its objects too.
const storedSchema = (): Schema<Stored> =>
  JSON.parse(
    JSON.stringify({
      ...settingsSchema.properties,
      window: boundsSchema,
      compactPlaces: compactPlacesSchema,
    }),
    (name, value: unknown) => (name === 'required' ? undefined : value),
  ) as Schema<Stored>;

export const openSettings = (folder: string, defaults: Settings): SettingsStore => {
  const path = join(folder, 'settings.json');
  const open = () =>
    new ElectronStore<Stored>({
      name: 'settings',
      cwd: folder,
      schema: storedSchema(),
      defaults: { ...defaults, window: null, compactPlaces: noCompactPlaces },
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
    });

  let store: ElectronStore<Stored> | null = null;
  let reset = false;
  try {
    store = open();
  } catch (thrown) {
    log.error('The settings could not be read; defaults are used', { why: reasonOf(thrown) });
    reset = true;
    store = reopened(path, open);
  }

  const {
    window: firstPlace,
    compactPlaces: firstPlaces,
    ...first
  } = store?.store ?? { ...defaults, window: null, compactPlaces: noCompactPlaces };
  /** What no schema has any more. */
  const forget = (names: readonly string[]): void => {
    try {
      if (store === null) return;
      const kept = Object.entries(store.store).filter(([name]) => !names.includes(name));
      store.store = Object.fromEntries(kept) as Stored;
    } catch (thrown) {
      log.error('Older settings could not be removed', { why: reasonOf(thrown) });
    }
  };

  const older = takenOver(first, defaults);
  let settings: Settings = { ...withoutOlder(withDefaults<Settings>(defaults, first)), ...older };
  let place: WindowPlace | null = firstPlace;
  let compactPlaces = firstPlaces;

  const write = (change: Partial<Stored>): boolean => {
    try {
      store?.set(change);
      return store !== null;
    } catch (thrown) {
      log.error('The settings could not be written', { why: reasonOf(thrown) });
      return false;
    }
  };

  if (Object.keys(older).length > 0 && write(older)) forget(olderNames);

  return {
    settings: () => settings,
    change: (change) => {
      settings = { ...settings, ...change };
      return write(change);
    },
    windowPlace: () => place,
    keepWindowPlace: (next) => {
      place = next;
      write({ window: next });
    },
    compactPlaces: () => compactPlaces,
    keepCompactPlaces: (next) => {
      compactPlaces = next;
      write({ compactPlaces: next });
    },
    reset,
  };
};

const withoutOlder = (settings: Settings): Settings =>
  // Only names that no setting has are left out.
  Object.fromEntries(
    Object.entries(settings).filter(([name]) => !olderNames.some((older) => older === name)),
  ) as Settings;

const reopened = (
  path: string,
  open: () => ElectronStore<Stored>,
): ElectronStore<Stored> | null => {
  try {
    if (existsSync(path)) renameSync(path, `${path}.unreadable-${Date.now()}`);
    return open();
  } catch (thrown) {
    log.error('No settings file can be kept', { why: reasonOf(thrown) });
    return null;
  }
};
