import { expect, test } from 'vitest';
import { chords } from '../../state/chords.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { refusalOfKey, shadowedBy } from './key-check.ts';

const action = (id: 'answer' | 'end'): ListedAction => ({
  id,
  group: 'call',
  label: `the ${id}`,
  chord: chords[id],
  possible: false,
  run: () => undefined,
});
const actions = [action('answer'), action('end')];
const keys = {
  answer: 'CommandOrControl+Alt+A',
  reject: '',
  end: '',
  hold: '',
  mute: 'Control+Alt+M',
  dialSelected: '',
  compact: '',
};
const refusal = (accelerator: string, name: keyof typeof keys = 'end') =>
  refusalOfKey(accelerator, name, keys, actions, false);

test.each(['A', 'Shift+A', 'Space', 'Shift+Left'])('%s is for typing and is refused', (pressed) => {
  expect(refusal(pressed)).toEqual({ why: 'typing' });
});

test('a key that is set already is refused, by whichever name it was written', () => {
  expect(refusal('Control+Alt+A')).toEqual({ why: 'twice', name: 'answer' });
  // Pressed again for what it is set for, it is no conflict.
  expect(refusal('Control+Alt+A', 'answer')).toBeNull();
});

test('a key of the desk may be global for the same action only', () => {
  expect(refusal('Control+Shift+A')).toEqual({ why: 'shadows', label: 'the answer' });
  expect(refusal('Control+Shift+A', 'answer')).toBeNull();
  expect(shadowedBy('Control+Shift+E', 'mute', actions, false)).toBe('the end');
  expect(shadowedBy('Command+Shift+E', 'mute', actions, true)).toBe('the end');
});

test('a key that nobody has is taken', () => {
  expect(refusal('Control+Alt+F9')).toBeNull();
  expect(refusal('F9')).toBeNull();
});
