import { expect, test } from 'vitest';
import { ariaKeys, keyText, matchesChord, type Chord } from './chord.ts';
import { chords } from '../state/chords.ts';

const press = (code: string, held: Partial<KeyboardEvent> = {}) => ({
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test('a combination is written as each system writes it', () => {
  expect(keyText(chords.answer, false)).toBe('Ctrl+Shift+A');
  expect(keyText(chords.answer, true)).toBe('⇧⌘A');
  expect(keyText(chords.completeWrapUp, false)).toBe('Ctrl+Enter');
  expect(ariaKeys(chords.settings, false)).toBe('Control+,');
});

test('it matches with exactly its modifiers', () => {
  const held = { ctrlKey: true, shiftKey: true };
  expect(matchesChord(press('KeyA', held), chords.answer, false)).toBe(true);
  expect(matchesChord(press('KeyA', { shiftKey: true }), chords.answer, false)).toBe(false);
  expect(matchesChord(press('KeyA', { ...held, altKey: true }), chords.answer, false)).toBe(false);
  expect(matchesChord(press('KeyA', { metaKey: true, shiftKey: true }), chords.answer, true)).toBe(
    true,
  );
});

test('no combination of the desk can be typed', () => {
  // F1 to F12 write nothing.
  const typeable = Object.entries<Chord>(chords).filter(
    ([, chord]) =>
      !/^F\d+$/u.test(chord.code) &&
      (matchesChord(press(chord.code), chord, false) ||
        matchesChord(press(chord.code, { shiftKey: true }), chord, false) ||
        matchesChord(press(chord.code, { ctrlKey: true, altKey: true }), chord, false)),
  );
  expect(typeable).toEqual([]);
});

test('no two things share a combination', () => {
  const written = Object.values(chords).map((chord) => keyText(chord, false));
  expect(new Set(written).size).toBe(written.length);
});
