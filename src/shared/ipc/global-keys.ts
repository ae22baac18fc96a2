import type { Settings } from './desk.ts';

export type GlobalKeyName = keyof Settings['globalKeys'];

/** In the order in which they are shown; of two that are set alike the first works. */
export const globalKeyNames = [
  'answer',
  'reject',
  'end',
  'hold',
  'mute',
  'dialSelected',
  'compact',
] as const satisfies readonly GlobalKeyName[];

/**
 * The global keys of a fresh installation. None is Ctrl and Alt with a letter that writes a character by AltGr on the
 * keyboards of Spain, Portugal, Brazil and Latin America.
 */
export const defaultGlobalKeys: Settings['globalKeys'] = {
  answer: 'CommandOrControl+Alt+A',
  reject: '',
  end: 'CommandOrControl+Alt+H',
  hold: 'CommandOrControl+Alt+P',
  mute: 'CommandOrControl+Alt+M',
  dialSelected: 'CommandOrControl+Alt+N',
  compact: '',
};
