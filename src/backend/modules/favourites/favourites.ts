import type { Favourite, FavouriteGiven } from '../../../shared/api/favourites.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { success } from '../../../shared/result.ts';
import { storedNumber } from '../directory/lookup.ts';
import { listFavourites, replaceFavourites } from './favourite-repository.ts';

export type Favourites = {
  readonly list: (userId: string) => Promise<readonly Favourite[]>;
  /** The whole list, in its order. */
  readonly replace: (
    userId: string,
    given: readonly FavouriteGiven[],
  ) => Promise<Answer<readonly Favourite[]>>;
};

type Needs = {
  readonly database: Database;
  /** ISO 3166-1 of numbers without a country code. */
  readonly country: string;
};

const isTarget: Readonly<Record<FavouriteGiven['kind'], RegExp>> = {
  agent: /^\d{2,8}$/u,
  queue: /^[\w-]{1,64}$/u,
  number: /^[*#]?\d[\d*#]*$|^\+\d+$/u,
};

export const createFavourites = ({ database, country }: Needs): Favourites => {
  /** As it is kept: a number by its digits, whichever way it was written; a feature code as it is. */
  const kept = ({ kind, target, label }: FavouriteGiven): FavouriteGiven => {
    const text = target.trim();
    const isCode = kind !== 'number' || /[*#]/u.test(text);
    return { kind, target: isCode ? text : storedNumber(text, country), label: remoteText(label) };
  };

  return {
    list: (userId) => listFavourites(database, userId),
    replace: async (userId, given) => {
      const favourites = given.map(kept);
      const wrong = favourites.findIndex(({ kind, target }) => !isTarget[kind].test(target));
      if (wrong >= 0) {
        return refused('invalid', `body/favourites/${String(wrong)}/target cannot be called`);
      }
      const keys = new Set(favourites.map(({ kind, target }) => `${kind} ${target}`));
      if (keys.size < favourites.length) {
        return refused('invalid', 'body/favourites names somebody twice');
      }
      await database.transaction((transaction) =>
        replaceFavourites(transaction, userId, favourites),
      );
      return success(await listFavourites(database, userId));
    },
  };
};
