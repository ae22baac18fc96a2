import { isTyped, readAccelerator, sameKeys } from '../../shared/accelerator.ts';
import type { KeyConflict, Settings } from '../../shared/ipc/desk.ts';
import { globalKeyNames, type GlobalKeyName } from '../../shared/ipc/global-keys.ts';

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
