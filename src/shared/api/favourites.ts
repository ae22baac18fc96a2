import { Type, type Static } from 'typebox';
import type { Immutable } from '../immutable.ts';

/** GET and PUT /favourites: whom a user wants at hand, in the user's own order. */

const favouriteProperties = {
  kind: Type.Enum(['agent', 'queue', 'number']),
  /** An extension, a queue's name, or a number. */
  target: Type.String({ minLength: 1, maxLength: 64 }),
  label: Type.String({ maxLength: 128 }),
};

export const favouriteGivenSchema = Type.Object(favouriteProperties, {
  additionalProperties: false,
});

export const maximumFavourites = 50;

export const putFavouritesSchema = Type.Object(
  { favourites: Type.Array(favouriteGivenSchema, { maxItems: maximumFavourites }) },
  { additionalProperties: false },
);

export const favouriteSchema = Type.Object({
  ...favouriteProperties,
  /** There is no such agent or queue any more. */
  gone: Type.Boolean(),
});

export const favouritesSchema = Type.Object({ favourites: Type.Array(favouriteSchema) });

export type Favourite = Immutable<Static<typeof favouriteSchema>>;
export type FavouriteGiven = Immutable<Static<typeof favouriteGivenSchema>>;
