import type { Favourite, FavouriteGiven } from '../../../shared/api/favourites.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/** In the user's order; a colleague goes by the name of today. */
export const listFavourites = (
  database: Queryable,
  userId: string,
): Promise<readonly Favourite[]> =>
  database.query<Favourite>(
    `SELECT f.kind, f.target, coalesce(u.name, f.label) AS label,
       CASE f.kind WHEN 'agent' THEN u.id IS NULL WHEN 'queue' THEN q.name IS NULL ELSE false END AS gone
     FROM favourites f
     LEFT JOIN users u ON f.kind = 'agent' AND u.extension = f.target AND u.active
     LEFT JOIN queues q ON f.kind = 'queue' AND q.name = f.target
     WHERE f.user_id = $1 ORDER BY f.position`,
    [userId],
  );

export const replaceFavourites = async (
  transaction: Transaction,
  userId: string,
  favourites: readonly FavouriteGiven[],
): Promise<void> => {
  // Two lists at once are written one after the other: the last one stays, whole.
  await transaction.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId]);
  await transaction.query('DELETE FROM favourites WHERE user_id = $1', [userId]);
  await transaction.query(
    `INSERT INTO favourites (user_id, position, kind, target, label)
     SELECT $1, f.position, f.kind, f.target, f.label
     FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS f (kind, target, label, position)`,
    [
      userId,
      favourites.map(({ kind }) => kind),
      favourites.map(({ target }) => target),
      favourites.map(({ label }) => label),
    ],
  );
};
