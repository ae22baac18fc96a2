/** A key combination: `code` is the physical key, so that it means the same on every layout. */
export type Chord = {
  readonly code: string;
  /** Ctrl, on a Mac Command. */
  readonly primary?: boolean;
  readonly shift?: boolean;
};

export const isMac = (): boolean =>
  typeof navigator !== 'undefined' && /mac/iu.test(navigator.userAgent);

const names: Readonly<Record<string, string>> = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Enter: 'Enter',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
};

const keyName = (code: string): string =>
  names[code] ?? code.replace(/^Key/u, '').replace(/^Digit/u, '');

/** As people read it: `Ctrl+Shift+A`, on a Mac `⇧⌘A`. */
export const keyText = (chord: Chord, mac: boolean = isMac()): string => {
  const key = keyName(chord.code);
  if (mac) {
    return `${chord.shift === true ? '⇧' : ''}${chord.primary === true ? '⌘' : ''}${key === 'Enter' ? '↩' : key}`;
  }
  return [chord.primary === true ? 'Ctrl' : null, chord.shift === true ? 'Shift' : null, key]
    .filter((part) => part !== null)
    .join('+');
};

/** For `aria-keyshortcuts`. */
export const ariaKeys = (chord: Chord, mac: boolean = isMac()): string =>
  [
    chord.primary === true ? (mac ? 'Meta' : 'Control') : null,
    chord.shift === true ? 'Shift' : null,
    keyName(chord.code),
  ]
    .filter((part) => part !== null)
    .join('+');

type KeyPress = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether the press is exactly this combination; AltGr (Ctrl and Alt together) types characters and never matches. */
export const matchesChord = (press: KeyPress, chord: Chord, mac: boolean = isMac()): boolean => {
  const primary = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  return (
    press.code === chord.code &&
    primary === (chord.primary ?? false) &&
    press.shiftKey === (chord.shift ?? false) &&
    !other &&
    !press.altKey
  );
};
