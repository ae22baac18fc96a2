import { expect, test } from 'vitest';
import { placeOnScreens } from './window-place.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const kept = { x: 200, y: 100, width: 1400, height: 900, maximized: false };

test('the first window has the usual size', () => {
  expect(placeOnScreens(null, [screen])).toEqual({ width: 1280, height: 800 });
});

test('a kept place is used again', () => {
  expect(placeOnScreens(kept, [screen])).toEqual({ x: 200, y: 100, width: 1400, height: 900 });
});

test('a place on a screen that is gone keeps its size only', () => {
  expect(placeOnScreens({ ...kept, x: 2500 }, [screen])).toEqual({ width: 1400, height: 900 });
  expect(placeOnScreens({ ...kept, y: -50 }, [screen])).toEqual({ width: 1400, height: 900 });
});

test('a kept size below the smallest is widened', () => {
  expect(placeOnScreens({ ...kept, width: 100, height: 100 }, [screen])).toMatchObject({
    width: 960,
    height: 640,
  });
});
