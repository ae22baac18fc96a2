import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createHourlyDestruction, type HourlyDestruction } from '../centre/hourly-destruction.ts';
import { readCallBackKeepDays } from './call-back-centre.ts';

/** With their attempts; nothing of a contact or a customer that must not be destroyed. */
const destroyOld = `DELETE FROM call_backs WHERE id = ANY (ARRAY(
  SELECT b.id FROM call_backs b LEFT JOIN contacts k ON k.id = b.contact_id
  WHERE b.over_at < $1
    AND NOT EXISTS (
      SELECT FROM legal_holds h WHERE h.lifted_at IS NULL
        AND (h.contact_id = b.contact_id OR h.customer_id IN (b.customer_id, k.customer_id)
          OR h.contact_id IN (SELECT t.id FROM call_back_attempts a JOIN contacts t ON t.call_key = a.call_key
            WHERE a.call_back_id = b.id)))
  LIMIT $2 FOR UPDATE OF b SKIP LOCKED)) RETURNING 1`;

/** Call-backs and follow-ups that are over do not stay for ever. */
export const createCallBackKeeping = (needs: {
  readonly database: Database;
  readonly now: Now;
}): HourlyDestruction =>
  createHourlyDestruction(needs, {
    readKeepDays: readCallBackKeepDays,
    statements: [destroyOld],
  });
