import type { Lit } from './lights.ts';

/** A device tells of what was written to it, as if it had been pressed, within so long of having it. */
export const echoMs = 500;

export type Echo = {
  readonly of: 'hook' | 'mute';
  readonly value: boolean;
  /** The light was another before: a button that only says that it was pressed may have been pressed by that. */
  readonly changed: boolean;
  /** The reports that may cause it, as they are counted: none does before it is sent. */
  readonly first: number;
  readonly last: number;
  /** So long after the last of them was taken; until then it may come at any time. */
  readonly until: number;
};

/** What a device may say because of what is written; with a call that is put on hold some hang up, and take up after it. */
export const echoesOf = (
  lit: Lit,
  was: Lit,
  by: Pick<Echo, 'first' | 'last' | 'until'>,
  all: boolean,
): readonly Echo[] => {
  const hookChanged = lit.off_hook !== was.off_hook;
  const muteChanged = lit.mute !== was.mute;
  // After a call that ended while it waited nothing is taken up.
  const holdChanged = lit.hold !== was.hold && (lit.hold || lit.off_hook);
  const echoes: (Echo | false)[] = [
    (hookChanged || all) && { of: 'hook', value: lit.off_hook, changed: hookChanged, ...by },
    holdChanged && { of: 'hook', value: !lit.hold, changed: false, ...by },
    (muteChanged || all) && { of: 'mute', value: lit.mute, changed: muteChanged, ...by },
  ];
  return echoes.filter((echo) => echo !== false);
};
