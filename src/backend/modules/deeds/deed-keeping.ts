import { Type, type Static } from 'typebox';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';
import {
  createHourlyDestruction,
  dayMs,
  type HourlyDestruction,
} from '../centre/hourly-destruction.ts';

/** How long it is kept what was written in other systems, and what was let go. */

/** What a centre says of it, as its file has it. */
export const outboxCentreSchema = Type.Object(
  {
    /** Absent: 365 days. */
    keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  },
  { additionalProperties: false },
);
type OutboxPart = { readonly outbox?: Immutable<Static<typeof outboxCentreSchema>> | undefined };

const usualKeepDays = 365;

/** A file without a word of it leaves it as it was. */
export const saveDeedKeeping = (transaction: Transaction, { outbox }: OutboxPart): Promise<void> =>
  saveCentreSetting(transaction, 'outbox', outbox);

const readCentre = (database: Queryable): Promise<OutboxPart['outbox']> =>
  readCentreSetting(database, 'outbox');

export const showDeedKeeping = async (
  database: Queryable,
): Promise<{ readonly outbox?: NonNullable<OutboxPart['outbox']> }> => {
  const outbox = await readCentre(database);
  return outbox === undefined ? {} : { outbox };
};

const readKeepDays = async (database: Queryable): Promise<number> =>
  (await readCentre(database))?.keepDays ?? usualKeepDays;

/**
 * Before this (epoch ms) nobody knows any more whether a call was written elsewhere: one that ended earlier is not
 * written anew.
 */
export const forgottenBefore = async (database: Queryable, now: number): Promise<number> =>
  now - (await readKeepDays(database)) * dayMs;

/** What is dead or waits stays until it is done or somebody lets it go; so does what must not be destroyed. */
const destroyOld = `DELETE FROM deeds WHERE id = ANY (ARRAY(
  SELECT d.id FROM deeds d JOIN contacts k ON k.id = d.contact_id
  WHERE d.state IN ('done', 'cancelled') AND greatest(d.made_at, d.done_at, d.failed_at) < $1
    AND NOT EXISTS (SELECT FROM legal_holds h WHERE h.lifted_at IS NULL
      AND (h.contact_id = k.id OR h.customer_id = k.customer_id))
  LIMIT $2 FOR UPDATE OF d SKIP LOCKED)) RETURNING 1`;

export const createDeedKeeping = (needs: {
  readonly database: Database;
  readonly now: Now;
}): HourlyDestruction => createHourlyDestruction(needs, { readKeepDays, statements: [destroyOld] });
