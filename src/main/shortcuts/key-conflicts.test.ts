import { expect, test } from 'vitest';
import { globalKeyNames } from '../../shared/ipc/global-keys.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { whyUseless } from './key-conflicts.ts';

const keys = defaultSettings('en').globalKeys;

test('the keys of a fresh installation are of use', () => {
  const set = globalKeyNames.filter((name) => keys[name] !== '');
  expect(set.map((name) => whyUseless(keys, name, false))).toEqual(set.map(() => null));
  expect([...globalKeyNames].toSorted()).toEqual(Object.keys(keys).toSorted());
});

test('of two equal keys the second does nothing', () => {
  const twice = { ...keys, answer: 'Control+Alt+F9', mute: 'Alt+CommandOrControl+F9' };
  expect(whyUseless(twice, 'answer', false)).toBeNull();
  expect(whyUseless(twice, 'mute', false)).toBe('twice');
});

test('a key that people type is not taken away from them', () => {
  expect(whyUseless({ ...keys, end: 'Shift+H' }, 'end', false)).toBe('typing');
  expect(whyUseless({ ...keys, end: 'no such key' }, 'end', false)).toBe('not_a_key');
});
