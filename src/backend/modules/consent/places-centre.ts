import { Type } from 'typebox';
import type { Queryable, Transaction } from '../../database/database.ts';
import { saveCentreSetting } from '../centre/centre-settings.ts';
import { isInCountry, placePattern } from './place-codes.ts';

/** Where somebody works: ISO 3166-1 (`PT`) or ISO 3166-2 (`US-TX`). */
export const workPlaceSchema = Type.String({ pattern: placePattern });

type Team = { readonly name: string; readonly place?: string | undefined };
type User = { readonly username: string; readonly place?: string | undefined };
type Places = {
  readonly place?: string | undefined;
  readonly teams?: readonly Team[] | undefined;
  readonly users?: readonly User[] | undefined;
};

export const placeContradictions = ({ place, teams = [], users = [] }: Places): string[] =>
  [
    { at: '/place', place },
    ...teams.map((team, index) => ({ at: `/teams/${index}/place`, place: team.place })),
    ...users.map((user, index) => ({ at: `/users/${index}/place`, place: user.place })),
  ].flatMap((each) =>
    each.place === undefined || isInCountry(each.place)
      ? []
      : [`${each.at}: "${each.place}" is in no country (ISO 3166)`],
  );

/** A team or a user of the file without a place has none of its own; a file without one leaves the centre's. */
export const savePlaces = async (
  transaction: Transaction,
  { place, teams = [], users = [] }: Places,
): Promise<void> => {
  await saveCentreSetting(transaction, 'place', place);
  for (const team of teams) {
    await transaction.query('UPDATE teams SET place = $2 WHERE name = $1', [
      team.name,
      team.place ?? null,
    ]);
  }
  for (const user of users) {
    await transaction.query('UPDATE users SET place = $2 WHERE username = $1', [
      user.username,
      user.place ?? null,
    ]);
  }
};

export type ShownPlaces = {
  readonly centre: { readonly place?: string };
  /** What is written beside a team or a user. */
  readonly ofTeam: (name: string) => { readonly place?: string };
  readonly ofUser: (username: string) => { readonly place?: string };
};

export const showPlaces = async (database: Queryable): Promise<ShownPlaces> => {
  const rows = await database.query<{
    readonly kind: 'centre' | 'team' | 'user';
    readonly name: string;
    readonly place: string;
  }>(
    `SELECT 'team' AS kind, name, place FROM teams WHERE place IS NOT NULL
     UNION ALL SELECT 'user', username, place FROM users WHERE place IS NOT NULL
     UNION ALL SELECT 'centre', '', value #>> '{}' FROM centre_settings WHERE name = 'place'`,
  );
  const placeOf = (kind: string, name: string): { readonly place?: string } => {
    const row = rows.find((each) => each.kind === kind && each.name === name);
    return row === undefined ? {} : { place: row.place };
  };
  return {
    centre: placeOf('centre', ''),
    ofTeam: (name) => placeOf('team', name),
    ofUser: (username) => placeOf('user', username),
  };
};
