import type { Queryable } from '../../database/database.ts';
import { storedNumber } from '../directory/lookup.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

const idsOf = async (
  database: Queryable,
  statement: string,
  values: readonly unknown[],
): Promise<readonly string[]> =>
  (await database.query<{ readonly id: string }>(statement, values)).map(({ id }) => id);

/** Customers who are meant by an id or a number: none, one, or all who share the number. */
export const findCustomerIds = (
  database: Queryable,
  given: string,
  country: string,
): Promise<readonly string[]> =>
  uuid.test(given)
    ? idsOf(database, 'SELECT id FROM customers WHERE id = $1', [given])
    : idsOf(
        database,
        'SELECT DISTINCT customer_id AS id FROM customer_numbers WHERE number = $1 ORDER BY 1',
        [storedNumber(given, country)],
      );

/**
 * The contacts of a customer: those that are linked with the record, and those of nobody whose number this customer
 * alone has.
 */
export const findContactsOf = (
  database: Queryable,
  customerId: string,
): Promise<readonly string[]> =>
  idsOf(
    database,
    `SELECT k.id FROM contacts k WHERE k.customer_id = $1 OR k.customer_id IS NULL
       AND k.remote_number IN (SELECT n.number FROM customer_numbers n WHERE n.customer_id = $1
         AND NOT EXISTS (SELECT FROM customer_numbers o WHERE o.number = n.number AND o.customer_id <> $1))
     ORDER BY k.started_at, k.id`,
    [customerId],
  );

export const hasContact = async (database: Queryable, contactId: string): Promise<boolean> =>
  uuid.test(contactId) &&
  (await idsOf(database, 'SELECT id FROM contacts WHERE id = $1', [contactId])).length > 0;
