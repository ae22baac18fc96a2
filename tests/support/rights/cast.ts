import type { Database } from '../../../src/backend/database/database.ts';
import { makeCentre, people } from '../centre.ts';

/**
 * Whose rights are tried. All work is Alice's, of the team north: Bruno is her colleague there and Nadia supervises
 * them; Carla works and Stefan supervises in the team south; Sofia supervises and is of no team.
 */
export const everybody = ['alice', 'bruno', 'nadia', 'carla', 'stefan', 'sofia', 'admin'] as const;
export type Actor = (typeof everybody)[number];

export const supervisors: readonly Actor[] = ['nadia', 'stefan', 'sofia', 'admin'];
/** Who may act on Alice's work. */
export const aboveAlice: readonly Actor[] = ['nadia', 'sofia', 'admin'];
export const aliceAndAbove: readonly Actor[] = ['alice', ...aboveAlice];
export const aliceAlone: readonly Actor[] = ['alice'];
export const administrators: readonly Actor[] = ['admin'];
/** Alice's team, and who looks after every team. */
export const north: readonly Actor[] = ['alice', 'bruno', ...aboveAlice];

/** A text that only these may ever be sent; what it is in is named by `of`. */
const readers = {
  alice: aliceAlone,
  alice_and_above: aliceAndAbove,
  above_alice: aboveAlice,
  administrators,
  north,
} as const;
export type Readers = keyof typeof readers;

let secrets = 0;
export const secret = (of: Readers): string => {
  secrets += 1;
  return `secret${String(secrets)} of ${of}.`;
};

/** The secrets in a text that this actor may not be sent. */
export const leaksIn = (text: string, actor: Actor): readonly string[] =>
  [...text.matchAll(/secret\d+ of (\w+)\./gu)]
    .filter(([, of]) => !readers[of as Readers].includes(actor))
    .map(([whole]) => whole);

export const hasSecret = (text: string): boolean => /secret\d+ of \w+\./u.test(text);

const more = [
  { username: 'nadia', role: 'supervisor', extension: '1031', count: 5 },
  { username: 'carla', role: 'agent', extension: '1032', count: 6 },
  { username: 'stefan', role: 'supervisor', extension: '1033', count: 7 },
] as const;

/** The people of `makeCentre` and the others of the cast, in two teams. */
export const makeTwoTeams = async (database: Database): Promise<void> => {
  await makeCentre(database);
  for (const { username, role, extension, count } of more) {
    await database.query(
      `INSERT INTO users (id, username, name, role, extension, password_hash)
       SELECT $1, $2, $3, $4, $5, password_hash FROM users WHERE id = $6`,
      [
        `00000000-0000-7000-8000-00000000000${String(count)}`,
        ...[username, `The ${username}`, role, extension, people.alice.id],
      ],
    );
  }
  await database.query(
    `INSERT INTO queue_agents (queue, user_id) SELECT 'sales', id FROM users WHERE username = 'carla'`,
  );
  await database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{}', 0), ('south', '{}', 1)`,
  );
  await database.query(
    `UPDATE users SET team = CASE WHEN username IN ('alice', 'bruno', 'nadia') THEN 'north'
       WHEN username IN ('carla', 'stefan') THEN 'south' END`,
  );
};
