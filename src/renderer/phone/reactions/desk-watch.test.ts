import { expect, test } from 'vitest';
import { createDeskWatch } from './desk-watch.ts';

const bed = () => {
  const clock = { ms: 0 };
  const watch = createDeskWatch(200, () => clock.ms);
  const turn = (afterMs = 200, microphone = 0, heard = 0): void => {
    clock.ms += afterMs;
    watch.tick();
    watch.levels(microphone, heard);
  };
  return { watch, turn };
};
const nothing = { playout: null, path: null };

test('a second has the highest levels and the worst delay of its turns, and the next one its own', () => {
  const { watch, turn } = bed();
  turn();
  turn(200, 0.1, 0.7);
  turn(560, 0.4, 0.2);
  expect(watch.second(nothing)).toMatchObject({ microphone: 0.4, heard: 0.7, lateMs: 360 });
  turn(190, 0.05, 0);
  expect(watch.second(nothing)).toMatchObject({ microphone: 0.05, heard: 0, lateMs: 0 });
});

test('a hold is no delay, and what was played before it is not counted again', () => {
  const { watch, turn } = bed();
  turn();
  watch.second({ playout: { played: 10, madeUp: 0.5 }, path: null });
  watch.pause();
  turn(60_000);
  const second = watch.second({ playout: { played: 70, madeUp: 50 }, path: null });
  expect(second).toMatchObject({ lateMs: 0, glitchedPercent: null });
});

test('what the speaker was given late is a share of what it was given', () => {
  const { watch, turn } = bed();
  turn();
  expect(watch.second({ playout: { played: 1, madeUp: 0 }, path: null }).glitchedPercent).toBe(
    null,
  );
  turn();
  const later = { playout: { played: 2, madeUp: 0.05 }, path: null };
  expect(watch.second(later).glitchedPercent).toBeCloseTo(5);
  turn();
  // Nothing was played, or the counter began anew.
  expect(watch.second(later).glitchedPercent).toBe(null);
  expect(watch.second({ playout: { played: 3, madeUp: 0 }, path: null }).glitchedPercent).toBe(
    null,
  );
});
