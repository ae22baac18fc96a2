import { expect, test } from 'vitest';
import { compactSize, movedCompact, noCompactPlaces, placeCompact } from './compact-place.ts';

const first = { id: 1, workArea: { x: 0, y: 24, width: 1920, height: 1056 } };
const second = { id: 2, workArea: { x: 1920, y: 0, width: 1280, height: 720 } };

test('the first strip stands in the upper right corner of the primary display', () => {
  expect(placeCompact(noCompactPlaces, [first, second], compactSize)).toEqual({
    x: 1464,
    y: 40,
    width: 440,
    height: 72,
  });
});

test('each display has a place of its own, and the last one is used', () => {
  const on = (x: number, y: number) => ({ x, y, ...compactSize });
  const once = movedCompact(noCompactPlaces, first, on(100, 200)).kept;
  const twice = movedCompact(once, second, on(2000, 300)).kept;
  expect(placeCompact(twice, [first, second], compactSize)).toMatchObject({ x: 2000, y: 300 });
  // The second display is unplugged.
  expect(placeCompact(twice, [first], compactSize)).toMatchObject({ x: 100, y: 200 });
});

test('it is whole on its display, however far it was dragged and however large its text is', () => {
  const far = movedCompact(noCompactPlaces, second, { x: 3_100, y: 700, ...compactSize });
  expect(far.bounds).toMatchObject({ x: 1920 + 1280 - 440, y: 720 - 72 });
  const large = { width: 880, height: 144 };
  expect(placeCompact(far.kept, [second], large)).toEqual({
    x: 1920 + 1280 - 880,
    y: 720 - 144,
    ...large,
  });
});
