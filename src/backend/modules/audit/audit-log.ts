import type { Transaction } from '../../database/database.ts';

/** What somebody did to another's work, kept for good. */
export type AuditLine = {
  /** Epoch ms. */
  readonly at: number;
  /** The user who did it. */
  readonly actor: string;
  /** A word that stays the same, such as `agent_state_set`. */
  readonly action: string;
  /** The user to whom it was done; null: nobody in particular. */
  readonly subject: string | null;
  readonly details: Readonly<Record<string, unknown>>;
};

/** In the transaction of the deed itself: neither is there without the other. */
export const appendAudit = async (transaction: Transaction, line: AuditLine): Promise<void> => {
  await transaction.query(
    'INSERT INTO audit_log (at, actor, action, subject, details) VALUES ($1, $2, $3, $4, $5)',
    [line.at, line.actor, line.action, line.subject, JSON.stringify(line.details)],
  );
};
