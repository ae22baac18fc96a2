import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextEvening, noEvening, targetDb, type Evening } from './evening.ts';

const tick = 0.2;
const after = (levels: readonly number[], from: Evening = noEvening): Evening =>
  levels.reduce((evening, level) => nextEvening(evening, level, tick), from);
const spoken = (level: number, seconds: number) =>
  Array.from({ length: Math.round(seconds / tick) }, () => level);

test('a quiet customer and a loud one come to the same level within some seconds', () => {
  for (const level of [-36, -30, -26, -20, -15]) {
    expect(level + after(spoken(level, 10)).gainDb).toBeCloseTo(targetDb, 1);
  }
});

test('silence and the noise of a line change nothing', () => {
  const speaking = after(spoken(-34, 6));
  expect(after([...spoken(-90, 60), ...spoken(-55, 60)], speaking)).toEqual(speaking);
  expect(after(spoken(-60, 60))).toEqual(noEvening);
});

test('pauses between words are no quiet speech', () => {
  const words = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? -44 : -26));
  expect(Math.abs(after(words).gainDb)).toBeLessThan(0.5);
});

test('whatever is heard, the gain keeps its bounds and never jumps', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -120, max: 6, noNaN: true })), (levels) => {
      let evening = noEvening;
      for (const level of levels) {
        const next = nextEvening(evening, level, tick);
        expect(Math.abs(next.gainDb)).toBeLessThanOrEqual(12);
        expect(Math.abs(next.gainDb - evening.gainDb)).toBeLessThanOrEqual(4 * tick + 1e-9);
        evening = next;
      }
    }),
  );
});
