import type { Database, Queryable, Transaction } from '../../database/database.ts';
import { appendToChain } from '../chain/chain.ts';

export type Held = { readonly contactId: string } | { readonly customerId: string };

export type LegalHold = {
  readonly id: string;
  readonly contactId: string | null;
  readonly customerId: string | null;
  readonly reason: string;
  readonly since: number;
};

export const listHolds = (database: Queryable): Promise<readonly LegalHold[]> =>
  database.query<LegalHold>(
    `SELECT id, contact_id AS "contactId", customer_id AS "customerId", reason, since FROM legal_holds
     WHERE lifted_at IS NULL ORDER BY since`,
  );

/** Why this customer may not be deleted, and nobody sets a hold before the transaction's end; null: it may. */
export const findHoldOfCustomer = async (
  transaction: Transaction,
  customerId: string,
): Promise<string | null> => {
  await transaction.query('LOCK TABLE legal_holds IN SHARE MODE');
  const [hold] = await transaction.query<{ readonly reason: string }>(
    'SELECT reason FROM legal_holds WHERE customer_id = $1 AND lifted_at IS NULL LIMIT 1',
    [customerId],
  );
  return hold?.reason ?? null;
};

/** From now on nothing of it is deleted. The chain is told, but not the reason, which may name people. */
export const setHold = (
  database: Database,
  held: Held,
  { id, reason, at }: { readonly id: string; readonly reason: string; readonly at: number },
): Promise<void> =>
  database.transaction(async (transaction) => {
    const contactId = 'contactId' in held ? held.contactId : null;
    const customerId = 'customerId' in held ? held.customerId : null;
    await transaction.query(
      'INSERT INTO legal_holds (id, contact_id, customer_id, reason, since) VALUES ($1, $2, $3, $4, $5)',
      [id, contactId, customerId, reason, at],
    );
    const body = { what: 'held', holdId: id, customerId };
    await appendToChain(transaction, { topic: 'privacy', contactId, body });
  });

/** Answers false when there is no such hold. */
export const liftHold = (database: Database, id: string, at: number): Promise<boolean> =>
  database.transaction(async (transaction) => {
    const [hold] = await transaction.query<Pick<LegalHold, 'contactId' | 'customerId'>>(
      `UPDATE legal_holds SET lifted_at = $2 WHERE id::text = $1 AND lifted_at IS NULL
       RETURNING contact_id AS "contactId", customer_id AS "customerId"`,
      [id, at],
    );
    if (hold === undefined) return false;
    const { contactId, customerId } = hold;
    const body = { what: 'released', holdId: id, customerId };
    await appendToChain(transaction, { topic: 'privacy', contactId, body });
    return true;
  });
