import { expect, test } from 'vitest';
import { defaultSettings } from './default-settings.ts';
import { withDefaults } from './with-defaults.ts';

test('settings of an earlier version keep what they say and gain what is new', () => {
  const defaults = defaultSettings('en');
  const { compact: _later, incoming: _too, ...before } = defaults;
  const old = { ...before, globalKeys: { answer: 'F9', end: '', mute: 'Control+Alt+M' } };
  expect(withDefaults(defaults, old)).toEqual({
    ...defaults,
    globalKeys: { ...defaults.globalKeys, answer: 'F9', end: '', mute: 'Control+Alt+M' },
  });
});
