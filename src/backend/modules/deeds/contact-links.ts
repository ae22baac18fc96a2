import type { Ref } from '../../connectors/connector.ts';
import type { Queryable } from '../../database/database.ts';

/** Who the customer of a contact is at a connection; null: nobody knows. */
export const findPerson = async (
  database: Queryable,
  contactId: string,
  connectionId: string,
): Promise<Ref | null> => {
  const [row] = await database.query<Ref>(
    `SELECT person_type AS type, person_id AS id FROM contact_people WHERE contact_id = $1 AND connection_id = $2`,
    [contactId, connectionId],
  );
  return row ?? null;
};

/** null: it is about none. */
export const chooseTicket = async (
  database: Queryable,
  contactId: string,
  connectionId: string,
  ticket: Ref | null,
  { by, at }: { readonly by: string | null; readonly at: number },
): Promise<void> => {
  await (ticket === null
    ? database.query('DELETE FROM contact_tickets WHERE contact_id = $1 AND connection_id = $2', [
        contactId,
        connectionId,
      ])
    : database.query(
        `INSERT INTO contact_tickets AS t (contact_id, connection_id, ticket_type, ticket_id, chosen_by, at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (contact_id, connection_id) DO UPDATE SET ticket_type = excluded.ticket_type,
           ticket_id = excluded.ticket_id, chosen_by = excluded.chosen_by, at = excluded.at
         -- A ticket that was made in the contact stands back behind one that somebody chose.
         WHERE excluded.chosen_by IS NOT NULL OR t.chosen_by IS NULL`,
        [contactId, connectionId, ticket.type, ticket.id, by, at],
      ));
};

/** Where the contact's customer, tickets and escalations are in other systems. */
export const listLinks = (
  database: Queryable,
  contactId: string,
): Promise<readonly { readonly title: string; readonly url: string }[]> =>
  database.query(
    `SELECT title, url FROM (
       SELECT c.name AS title, p.url, c.position, 0 AS place, p.at
       FROM contact_people p JOIN connections c ON c.id = p.connection_id WHERE p.contact_id = $1
       UNION ALL
       SELECT concat_ws(' ', c.name, d.reference), d.url, c.position, 1, d.made_at
       FROM deeds d JOIN connections c ON c.id = d.connection_id
       WHERE d.contact_id = $1 AND d.kind IN ('ticket', 'escalation') AND d.url IS NOT NULL) links
     WHERE url LIKE 'https://%' ORDER BY position, place, at`,
    [contactId],
  );
