import { Type, type Static } from 'typebox';
import type { Immutable } from '../../shared/immutable.ts';

export const boundsSchema = Type.Union([
  Type.Object({
    x: Type.Number(),
    y: Type.Number(),
    width: Type.Number(),
    height: Type.Number(),
    maximized: Type.Boolean(),
  }),
  Type.Null(),
]);

/** Where the window was last seen, in device-independent pixels. */
export type WindowPlace = NonNullable<Immutable<Static<typeof boundsSchema>>>;
export type Rectangle = Pick<WindowPlace, 'x' | 'y' | 'width' | 'height'>;

const usual = { width: 1280, height: 800 };
export const smallest = { width: 960, height: 640 };
// So much of the window must be on a screen for people to find and move it.
const visiblePx = 100;

/** The kept place, unless the screen that it was on is gone. */
export const placeOnScreens = (
  kept: WindowPlace | null,
  screens: readonly Rectangle[],
): Partial<Rectangle> & Pick<Rectangle, 'width' | 'height'> => {
  if (kept === null) return usual;
  const width = Math.max(smallest.width, kept.width);
  const height = Math.max(smallest.height, kept.height);
  const seen = screens.some(
    (screen) =>
      Math.min(kept.x + width, screen.x + screen.width) - Math.max(kept.x, screen.x) >= visiblePx &&
      Math.min(kept.y + height, screen.y + screen.height) - Math.max(kept.y, screen.y) >=
        visiblePx &&
      kept.y >= screen.y,
  );
  return seen ? { x: kept.x, y: kept.y, width, height } : { width, height };
};
