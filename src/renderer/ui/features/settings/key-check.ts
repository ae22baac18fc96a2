import {
  isTyped,
  readAccelerator,
  sameKeys,
  type Accelerator,
} from '../../../../shared/accelerator.ts';
import type { Settings } from '../../../../shared/ipc/desk.ts';
import type { GlobalKeyName } from '../../../../shared/ipc/global-keys.ts';
import { isMac, type Chord } from '../../components/chord.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

export type GlobalKeys = Settings['globalKeys'];

/** Why a key that was just pressed is not taken. */
export type KeyRefusal =
  | { readonly why: 'typing' }
  /** Another global key is the same. */
  | { readonly why: 'twice'; readonly name: GlobalKeyName }
  /** The desk has the key for something else, which would never be reached again. */
  | { readonly why: 'shadows'; readonly label: string };

const acceleratorOfChord = ({ code, primary, shift }: Chord, mac: boolean): Accelerator => ({
  key: code.replace(/^(?:Key|Digit)/u, ''),
  control: primary === true && !mac,
  command: primary === true && mac,
  alt: false,
  shift: shift === true,
});

/** What the key means on the desk; null: nothing else. For the same action both may have it. */
export const shadowedBy = (
  accelerator: string,
  name: GlobalKeyName,
  actions: readonly ListedAction[],
  mac: boolean = isMac(),
): string | null => {
  const wanted = readAccelerator(accelerator, mac);
  if (wanted === null) return null;
  const hidden = actions.find(
    ({ id, chord }) =>
      id !== name && chord !== null && sameKeys(acceleratorOfChord(chord, mac), wanted),
  );
  return hidden?.label ?? null;
};

/** null: the key may be set. */
export const refusalOfKey = (
  accelerator: string,
  name: GlobalKeyName,
  keys: GlobalKeys,
  actions: readonly ListedAction[],
  mac: boolean = isMac(),
): KeyRefusal | null => {
  const wanted = readAccelerator(accelerator, mac);
  if (wanted === null || isTyped(wanted, mac)) return { why: 'typing' };
  // The record's type lists every name and nothing else.
  const twin = (Object.keys(keys) as GlobalKeyName[]).find((other) => {
    const held = readAccelerator(keys[other], mac);
    return other !== name && held !== null && sameKeys(held, wanted);
  });
  if (twin !== undefined) return { why: 'twice', name: twin };
  const label = shadowedBy(accelerator, name, actions, mac);
  return label === null ? null : { why: 'shadows', label };
};
