import type { Favourite, FavouriteGiven } from '../../../shared/api/favourites.ts';
import { maximumFavourites } from '../../../shared/api/favourites.ts';
import { useDesk, useDeskStore } from '../bridge/desk-store.ts';
import { i18n } from '../i18n/i18n.ts';
import { announce } from './announcement-store.ts';
import { giveNotice } from './notice-store.ts';
import { order } from './orders.ts';

/** Whom the agent wants at hand: kept by the server, in the agent's order. */

const none: readonly Favourite[] = [];

const favouritesNow = (): readonly Favourite[] => {
  const session = useDeskStore.getState().desk?.session;
  return session?.state === 'signed_in' ? session.favourites : none;
};

export const useFavourites = (): readonly Favourite[] =>
  useDesk(({ session }) => (session.state === 'signed_in' ? session.favourites : none));

type Target = Pick<FavouriteGiven, 'kind' | 'target'>;

/** Numbers are the same where their digits are: with a plus or as it was dialled here. */
const digitsOf = (target: string): string => target.replace(/[^\d*#]/gu, '');

export const isSameTarget = (a: Target, b: Target): boolean =>
  a.kind === b.kind &&
  (a.target === b.target || (a.kind === 'number' && digitsOf(a.target) === digitsOf(b.target)));

const given = ({ kind, target, label }: FavouriteGiven): FavouriteGiven => ({
  kind,
  target: target.slice(0, 64),
  label: label.slice(0, 128),
});

const keep = async (favourites: readonly FavouriteGiven[], said: string): Promise<void> => {
  const answer = await order('favourites.put', { favourites: favourites.map(given) });
  if (answer.ok) announce(said);
};

/** Adds the one that is not there yet, at the end; takes out the one that is. */
export const toggleFavourite = async (wanted: FavouriteGiven): Promise<void> => {
  const now = favouritesNow();
  const others = now.filter((known) => !isSameTarget(known, wanted));
  const name = wanted.label;
  if (others.length < now.length) {
    await keep(others, i18n.t('favourite.removed', { name }));
  } else if (now.length >= maximumFavourites) {
    giveNotice({ tone: 'error', text: i18n.t('favourite.full'), detail: null });
  } else {
    await keep([...now, wanted], i18n.t('favourite.added', { name }));
  }
};

/** One place up (-1) or down (1). */
export const moveFavourite = async (wanted: FavouriteGiven, by: -1 | 1): Promise<void> => {
  const now = favouritesNow();
  const from = now.findIndex((known) => isSameTarget(known, wanted));
  const to = from + by;
  const other = now[to];
  if (from < 0 || other === undefined) return;
  const moved = now.map((known, index) => (index === from ? other : index === to ? wanted : known));
  await keep(moved, i18n.t('favourite.moved', { name: wanted.label, place: to + 1 }));
};
