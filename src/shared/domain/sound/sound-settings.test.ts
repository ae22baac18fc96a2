import { expect, test } from 'vitest';
import {
  defaultSound,
  processingFor,
  steppedVolume,
  volumeRangeDb,
  withProcessing,
} from './sound-settings.ts';

const usual = { echoCancellation: true, noiseSuppression: false, autoGainControl: true };
const own = { ...usual, noiseSuppression: true, strongSuppression: true };

test('a microphone is treated as it was set by its name, any other as usual', () => {
  const sound = withProcessing(defaultSound, 'Headset', own);
  expect(processingFor(sound, usual, 'Headset')).toEqual(own);
  expect(processingFor(sound, usual, 'Laptop')).toEqual({ ...usual, strongSuppression: false });
  expect(processingFor(sound, usual, null)).toEqual({ ...usual, strongSuppression: false });
});

test('of many microphones the latest are kept', () => {
  let sound = defaultSound;
  for (let index = 0; index < 100; index += 1) sound = withProcessing(sound, `no. ${index}`, own);
  expect(Object.keys(sound.microphones)).toHaveLength(40);
  expect(sound.microphones['no. 99']).toEqual(own);
});

test('presses make a call louder and quieter, and never more than the range', () => {
  expect(steppedVolume(0, 'louder')).toBe(3);
  expect(steppedVolume(volumeRangeDb.highest, 'louder')).toBe(volumeRangeDb.highest);
  expect(steppedVolume(volumeRangeDb.lowest, 'quieter')).toBe(volumeRangeDb.lowest);
});
