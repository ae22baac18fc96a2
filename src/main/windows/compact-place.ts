import { Type, type Static } from 'typebox';
import type { Immutable } from '../../shared/immutable.ts';
import type { Rectangle } from './window-place.ts';

const pointSchema = Type.Object({ x: Type.Number(), y: Type.Number() });

export const compactPlacesSchema = Type.Object({
  /** The display that the strip was on last, by Electron's id. */
  display: Type.Union([Type.String(), Type.Null()]),
  /** Where it stood on each display, from the corner of that display's work area. */
  places: Type.Record(Type.String(), pointSchema),
});

export type CompactPlaces = Immutable<Static<typeof compactPlacesSchema>>;
type Point = Immutable<Static<typeof pointSchema>>;
export type Screen = { readonly id: number; readonly workArea: Rectangle };
type Size = { readonly width: number; readonly height: number };

export const noCompactPlaces: CompactPlaces = { display: null, places: {} };

/** At scale 1, in device-independent pixels. */
export const compactSize: Size = { width: 440, height: 72 };
const marginPx = 16;

const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(value, Math.max(least, most)));

/** Whole on the screen, as near to the wished place as that goes. */
const within = ({ workArea }: Screen, place: Point, size: Size): Rectangle => {
  const width = Math.min(size.width, workArea.width);
  const height = Math.min(size.height, workArea.height);
  return {
    x: Math.round(workArea.x + between(0, place.x, workArea.width - width)),
    y: Math.round(workArea.y + between(0, place.y, workArea.height - height)),
    width,
    height,
  };
};

/**
 * Where the strip stands: on the display where it was last, where it was on it; on another one where it was there, or in
 * its upper right corner. `screens` begins with the primary one.
 */
export const placeCompact = (
  kept: CompactPlaces,
  screens: readonly Screen[],
  size: Size,
): Rectangle => {
  const screen = screens.find(({ id }) => String(id) === kept.display) ?? screens[0];
  if (screen === undefined) return { x: 0, y: 0, ...size };
  const corner = { x: screen.workArea.width - size.width - marginPx, y: marginPx };
  return within(screen, kept.places[String(screen.id)] ?? corner, size);
};

/** The place on the display that holds the strip's middle, and what is to be kept of it. */
export const movedCompact = (
  kept: CompactPlaces,
  screen: Screen,
  bounds: Rectangle,
): { readonly bounds: Rectangle; readonly kept: CompactPlaces } => {
  const { workArea } = screen;
  const moved = within(screen, { x: bounds.x - workArea.x, y: bounds.y - workArea.y }, bounds);
  const id = String(screen.id);
  const place = { x: moved.x - workArea.x, y: moved.y - workArea.y };
  return { bounds: moved, kept: { display: id, places: { ...kept.places, [id]: place } } };
};
