import type { Settings } from './desk.ts';

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
