import type {
  ContactSummary,
  Customer,
  CustomerSummary,
  Ticket,
} from '../../../shared/api/records.ts';
import type { StandingChoice } from '../../../shared/api/consent.ts';
import type { CustomerVerifications } from '../../../shared/api/guidance.ts';
import type { Queryable } from '../../database/database.ts';
import { standingOf } from '../consent/standing-choices.ts';
import { verificationsOf } from '../guidance/verification-attempts.ts';
import { likeLiteral, reversed } from './search-text.ts';

const numbersOfCustomer = `(SELECT coalesce(array_agg(n.number ORDER BY n.position), '{}')
     FROM customer_numbers n WHERE n.customer_id = c.id) AS numbers`;

const summaryColumns = `c.id, c.name, c.company, c.city, c.country, c.subdivision, ${numbersOfCustomer}`;

/** Lines of a time line; the leg that talked longest speaks for its contact. */
export const contactSummaryColumns = `k.id, k.direction, k.queue, k.started_at AS "startedAt",
  l.agent_name AS "agentName", l.code, coalesce(l.notes, '') AS notes, l.handle_ms AS "handleMs",
  EXISTS (SELECT FROM recordings r WHERE r.contact_id = k.id AND r.state = 'stopped') AS "hasRecording"`;

export const contactSummaryLeg = `LEFT JOIN LATERAL (
    SELECT u.name AS agent_name, g.code, g.notes,
           CASE WHEN g.finished_at IS NOT NULL AND g.answered_at IS NOT NULL THEN g.handle_ms END AS handle_ms
    FROM legs g JOIN users u ON u.id = g.agent_id
    WHERE g.contact_id = k.id AND NOT g.is_consult
    ORDER BY (g.answered_at IS NULL), g.talk_ms DESC, g.call_id LIMIT 1
  ) l ON true`;

const timeLineLength = 20;

type CustomerRow = Omit<
  Customer,
  'tickets' | 'contacts' | 'standing' | 'subdivision' | 'verifications'
> & {
  readonly verifications: {
    readonly failed: CustomerVerifications['failed'];
    readonly lately: CustomerVerifications['lately'] | null;
  };
  readonly subdivision: string;
  readonly standing: StandingChoice | null;
  readonly tickets: readonly Ticket[] | null;
  readonly contacts: readonly ContactSummary[] | null;
};

/** The whole record in one round trip: it is on the way of a ringing call. Contact `$2` is left out of the time line. */
const customerSelect = `SELECT ${summaryColumns}, c.email, c.language, c.tags, c.notes, c.since,
  (SELECT json_agg(t) FROM (
     SELECT id, reference, subject, status, priority, opened_at AS "openedAt"
     FROM tickets WHERE customer_id = c.id
     ORDER BY (status = 'solved'), opened_at DESC LIMIT ${String(timeLineLength)}) t) AS tickets,
  (SELECT json_agg(s) FROM (
     SELECT ${contactSummaryColumns} FROM contacts k ${contactSummaryLeg}
     WHERE k.customer_id = c.id AND k.id IS DISTINCT FROM $2::uuid
     ORDER BY k.started_at DESC LIMIT ${String(timeLineLength)}) s) AS contacts,
  ${standingOf('c.id', '$2::uuid', "'infinity'::float8")} AS standing,
  ${verificationsOf('c.id', '$2::uuid')} AS verifications
  FROM customers c`;

const verificationsPart = ({
  failed,
  lately,
}: CustomerRow['verifications']): Pick<Customer, 'verifications'> =>
  failed === null && lately === null ? {} : { verifications: { failed, lately: lately ?? [] } };

const customerOf = ({ standing, verifications, ...row }: CustomerRow): Customer => ({
  ...row,
  ...(standing === null ? {} : { standing }),
  ...verificationsPart(verifications),
  tickets: row.tickets ?? [],
  contacts: row.contacts ?? [],
});

export const findCustomers = async (
  database: Queryable,
  customerIds: readonly string[],
  exceptContactId: string | null,
): Promise<readonly Customer[]> =>
  customerIds.length === 0
    ? []
    : (
        await database.query<CustomerRow>(
          `${customerSelect} WHERE c.id = ANY($1::uuid[]) ORDER BY c.name, c.id`,
          [customerIds, exceptContactId],
        )
      ).map(customerOf);

/** Customers who have this very number. */
export const findCustomersByNumber = async (
  database: Queryable,
  number: string,
  limit: number,
): Promise<readonly Customer[]> =>
  (
    await database.query<CustomerRow>(
      `${customerSelect} WHERE c.id IN (SELECT customer_id FROM customer_numbers WHERE number = $1)
       ORDER BY c.name, c.id LIMIT $3`,
      [number, null, limit],
    )
  ).map(customerOf);

export const findCustomerSummaries = (
  database: Queryable,
  customerIds: readonly string[],
): Promise<readonly CustomerSummary[]> =>
  database.query<CustomerSummary>(
    `SELECT ${summaryColumns} FROM customers c WHERE c.id = ANY($1::uuid[]) ORDER BY c.name, c.id`,
    [customerIds],
  );

/** Customers who have these very numbers, at most `limit` for each. */
export const findIdsByNumbers = (
  database: Queryable,
  numbers: readonly string[],
  limit: number,
): Promise<readonly { readonly number: string; readonly id: string }[]> =>
  database.query(
    `SELECT g.number, f.id FROM unnest($1::text[]) AS g (number) CROSS JOIN LATERAL (
       SELECT c.id, c.name FROM customer_numbers n JOIN customers c ON c.id = n.customer_id
       WHERE n.number = g.number ORDER BY c.name, c.id LIMIT $2) f
     ORDER BY g.number, f.name, f.id`,
    [numbers, limit],
  );

/** Customers with a number that ends in one of these tails of digits, at most `limit` for each. */
export const findIdsByTails = (
  database: Queryable,
  tails: readonly string[],
  limit: number,
): Promise<readonly { readonly tail: string; readonly id: string }[]> =>
  database.query(
    // The colon comes right after the nine: the range is all that begins with the digits, last to first.
    `SELECT g.tail, f.id FROM unnest($1::text[], $2::text[]) AS g (tail, start) CROSS JOIN LATERAL (
       SELECT DISTINCT n.customer_id AS id FROM customer_numbers n
       WHERE n.reversed ~>=~ g.start AND n.reversed ~<~ (g.start || ':') ORDER BY 1 LIMIT $3) f`,
    [tails, tails.map(reversed), limit],
  );

export type CustomerSearch = {
  /** Plain words; all of them must be found. */
  readonly words: readonly string[];
  /** Digits of a number or of a part of one; empty: not a number. */
  readonly digits: string;
  readonly limit: number;
};

export const searchCustomers = (
  database: Queryable,
  { words, digits, limit }: CustomerSearch,
): Promise<readonly CustomerSummary[]> =>
  database.query<CustomerSummary>(
    `SELECT ${summaryColumns} FROM customers c
     WHERE c.search_text LIKE ALL ($1::text[])
        OR ($2 <> '' AND EXISTS (
              SELECT FROM customer_numbers n
              WHERE n.customer_id = c.id AND n.reversed LIKE '%' || $2 || '%'))
     ORDER BY c.name, c.id LIMIT $3`,
    [words.map((word) => `%${likeLiteral(word)}%`), reversed(digits), limit],
  );

export type NewCustomer = {
  readonly id: string;
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly city: string;
  readonly country: string;
  /** ISO 3166-2; absent: nobody knows. */
  readonly subdivision?: string;
  readonly language: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly since: number;
  readonly searchText: string;
  readonly numbers: readonly string[];
};

export const insertCustomer = async (database: Queryable, customer: NewCustomer): Promise<void> => {
  await database.query(
    `WITH customer AS (
       INSERT INTO customers
         (id, name, company, email, city, country, language, tags, notes, since, search_text,
          subdivision)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13) RETURNING id)
     INSERT INTO customer_numbers (customer_id, number, position, reversed)
     SELECT customer.id, number, position, reverse(regexp_replace(number, '\\D', '', 'g'))
     FROM customer, unnest($12::text[]) WITH ORDINALITY AS given (number, position)
     ON CONFLICT DO NOTHING`,
    [
      customer.id,
      customer.name,
      customer.company,
      customer.email,
      customer.city,
      customer.country,
      customer.language,
      customer.tags,
      customer.notes,
      customer.since,
      customer.searchText,
      customer.numbers,
      customer.subdivision ?? '',
    ],
  );
};

export const deleteCustomer = async (database: Queryable, customerId: string): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      'DELETE FROM customers WHERE id = $1 RETURNING id',
      [customerId],
    )
  ).length > 0;
