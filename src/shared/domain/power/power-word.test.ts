import { expect, test } from 'vitest';
import { powerWord, type MachinePower } from './power-word.ts';

const full: MachinePower = { onBattery: true, level: 0.9, minutesLeft: null, slowed: false };

test.each<[string, Partial<MachinePower>, number | null, string | null]>([
  ['a full battery', {}, 240, null],
  ['15 %', { level: 0.15 }, null, 'battery_low'],
  ['15 % at the mains', { level: 0.15, onBattery: false }, null, null],
  ['20 minutes, whatever the level', { minutesLeft: 20 }, 10, 'battery_low'],
  ['less than the shift', { minutesLeft: 60 }, 90, 'battery_short'],
  ['as much as the shift', { minutesLeft: 90 }, 90, null],
  ['less than the shift, by a guess', { minutesLeft: 180 }, 240, null],
  ['no shift is known', { minutesLeft: 60 }, null, null],
  ['slowed down', { slowed: true }, 90, 'slowed'],
  ['slowed down on an empty battery', { slowed: true, level: 0.05 }, 90, 'battery_low'],
])('%s', (_name, differs, shiftMinutes, word) => {
  expect(powerWord({ ...full, ...differs }, shiftMinutes)).toBe(word);
});
