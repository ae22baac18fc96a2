import type { StandingChoice } from '../../../shared/api/consent.ts';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import type { Queryable, Transaction } from '../../database/database.ts';

/**
 * The latest choice of this customer for later calls, as one value of a select list; null: none. That of contact `except`
 * is left out, and so is what was said after `before`. All three are SQL.
 */
export const standingOf = (customerId: string, except: string, before: string): string =>
  `(SELECT json_build_object('kind', s.kind, 'how', s.how, 'at', s.at) FROM (
     SELECT kind, how, at, fact_id FROM standing_choices WHERE customer_id = ${customerId}
     UNION ALL SELECT o.kind, o.how, o.at, o.fact_id FROM contacts y
       JOIN standing_choices o ON o.contact_id = y.id
     WHERE y.customer_id = ${customerId} AND y.id IS DISTINCT FROM ${except}) s
   WHERE s.at < ${before} ORDER BY s.at DESC, s.fact_id DESC LIMIT 1)`;

/** What this customer said for later calls, the last time. */
export const findStandingOfCustomer = async (
  database: Queryable,
  customerId: string,
): Promise<StandingChoice | null> => {
  const [row] = await database.query<{ readonly standing: StandingChoice | null }>(
    `SELECT ${standingOf('$1::uuid', 'NULL::uuid', "'infinity'::float8")} AS standing`,
    [customerId],
  );
  return row?.standing ?? null;
};

/** What the contact's customer had said before it, for later calls as well. */
export const findStandingOfContact = async (
  database: Queryable,
  contactId: string,
): Promise<StandingChoice | null> => {
  const [row] = await database.query<{ readonly standing: StandingChoice | null }>(
    `SELECT ${standingOf('k.customer_id', 'k.id', 'k.started_at')} AS standing
     FROM contacts k WHERE k.id = $1 AND k.customer_id IS NOT NULL`,
    [contactId],
  );
  return row?.standing ?? null;
};

/**
 * What an earlier choice means for a call before anything was said in it. A no holds at once. A yes does not: the number
 * is known and the person is not, so the agent has to hear who it is and say that the earlier yes holds.
 */
export const standingFacts = (
  standing: StandingChoice | null,
  contactId: string,
): readonly ConsentFact[] =>
  standing === null || standing.kind === 'granted'
    ? []
    : [
        {
          ...{
            id: contactId,
            callId: contactId,
            callKey: contactId,
            by: 'customer',
            standing: true,
          },
          ...{ kind: 'refused', how: standing.how, at: standing.at },
        },
      ];

export type NewStandingChoice = StandingChoice & {
  readonly factId: string;
  /** One of the two. */
  readonly contactId: string | null;
  readonly customerId: string | null;
};

export const insertStandingChoices = async (
  transaction: Transaction,
  choices: readonly NewStandingChoice[],
): Promise<void> => {
  for (const { factId, contactId, customerId, kind, how, at } of choices) {
    await transaction.query(
      `INSERT INTO standing_choices (fact_id, contact_id, customer_id, kind, how, at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [factId, contactId, customerId, kind, how, at],
    );
  }
};
