import type { Ref } from '../../connectors/connector.ts';
import type { Queryable } from '../../database/database.ts';

type RememberedRow = Ref & { readonly connectionId: string };

/** Whom agents said that a number is, by connection. */
export const findRemembered = async (
  database: Queryable,
  number: string,
): Promise<ReadonlyMap<string, Ref>> => {
  const rows = await database.query<RememberedRow>(
    `SELECT connection_id AS "connectionId", person_type AS type, person_id AS id
     FROM connection_people WHERE number = $1`,
    [number],
  );
  return new Map(rows.map(({ connectionId, type, id }) => [connectionId, { type, id }]));
};

export const rememberPerson = async (
  database: Queryable,
  given: {
    readonly connectionId: string;
    readonly number: string;
    readonly person: Ref;
    readonly userId: string;
    readonly at: number;
  },
): Promise<void> => {
  const { connectionId, number, person, userId, at } = given;
  await database.query(
    `INSERT INTO connection_people (connection_id, number, person_type, person_id, confirmed_by, at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (connection_id, number) DO UPDATE SET person_type = excluded.person_type,
       person_id = excluded.person_id, confirmed_by = excluded.confirmed_by, at = excluded.at`,
    [connectionId, number, person.type, person.id, userId, at],
  );
};

/**
 * Who it was in a call, for what is written there later. A person whom an agent confirmed is never taken for one that was only
 * looked up. Answers whether the contact is there: one that is just being made may not be written yet.
 */
export const keepContactPerson = async (
  database: Queryable,
  given: {
    readonly callKey: string;
    readonly connectionId: string;
    readonly person: Ref & { readonly url: string };
    readonly how: 'exact' | 'confirmed';
    readonly at: number;
  },
): Promise<boolean> => {
  const { callKey, connectionId, person, how, at } = given;
  const rows = await database.query<{ readonly id: string }>(
    `WITH contact AS (SELECT id FROM contacts WHERE call_key = $1),
     kept AS (
       INSERT INTO contact_people (contact_id, connection_id, person_type, person_id, url, how, at)
       SELECT k.id, c.id, $3, $4, $5, $6, $7 FROM contact k, connections c WHERE c.id = $2::uuid
       ON CONFLICT (contact_id, connection_id) DO UPDATE SET person_type = excluded.person_type,
         person_id = excluded.person_id, url = excluded.url, how = excluded.how, at = excluded.at
       WHERE contact_people.how = 'exact' OR excluded.how = 'confirmed')
     SELECT id FROM contact`,
    [callKey, connectionId, person.type, person.id, person.url, how, at],
  );
  return rows.length > 0;
};

export type KnownCustomer = {
  readonly callKey: string;
  readonly remoteNumber: string;
  /** Of the own record; empty: none. */
  readonly ownEmail: string;
  /** Who it is in other systems, for certain; whom an agent confirmed first. */
  readonly people: readonly RememberedRow[];
};

/** What is kept of the customer of a contact; null: there is no such contact. */
export const findKnownCustomer = async (
  database: Queryable,
  contactId: string,
): Promise<KnownCustomer | null> => {
  const [contact] = await database.query<Omit<KnownCustomer, 'people'>>(
    `SELECT k.call_key AS "callKey", k.remote_number AS "remoteNumber", COALESCE(c.email, '') AS "ownEmail"
     FROM contacts k LEFT JOIN customers c ON c.id = k.customer_id WHERE k.id = $1`,
    [contactId],
  );
  if (contact === undefined) return null;
  const people = await database.query<RememberedRow>(
    `SELECT p.connection_id AS "connectionId", p.person_type AS type, p.person_id AS id
     FROM contact_people p JOIN connections c ON c.id = p.connection_id
     WHERE p.contact_id = $1 ORDER BY p.how <> 'confirmed', c.position, c.id`,
    [contactId],
  );
  return { ...contact, people };
};
