import { isTyped, readAccelerator, sameKeys } from '../../shared/accelerator.ts';
import type { KeyConflict, Settings } from '../../shared/ipc/desk.ts';

export type GlobalKeyName = KeyConflict['name'];

export const globalKeyNames = [
  'answer',
  'reject',
  'end',
  'hold',
  'mute',
  'dialSelected',
  'compact',
] as const satisfies readonly GlobalKeyName[];

/** Why a key of the settings can do nothing, whoever else wants it; null: it may be taken. Of two the first works. */
export const whyUseless = (
  keys: Settings['globalKeys'],
  name: GlobalKeyName,
  mac: boolean,
): KeyConflict['why'] | null => {
  const accelerator = readAccelerator(keys[name], mac);
  if (accelerator === null) return 'not_a_key';
  if (isTyped(accelerator, mac)) return 'typing';
  const before = globalKeyNames.slice(0, globalKeyNames.indexOf(name));
  const isUsed = before.some((other) => {
    const others = readAccelerator(keys[other], mac);
    return others !== null && sameKeys(others, accelerator);
  });
  return isUsed ? 'twice' : null;
};
