import { Type, type Static } from 'typebox';
import type { Immutable } from '../../../shared/immutable.ts';
import type { Now } from '../../clock.ts';
import type { Database, Queryable, Transaction } from '../../database/database.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';
import { createHourlyDestruction, type HourlyDestruction } from '../centre/hourly-destruction.ts';

/** How long it is kept how calls were heard and whose fault that was. */

/** What a centre says of it, as its file has it. */
export const lineEvidenceCentreSchema = Type.Object(
  {
    /** Absent: 365 days. */
    keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  },
  { additionalProperties: false },
);
type LineEvidenceCentre = Immutable<Static<typeof lineEvidenceCentreSchema>>;

const usualKeepDays = 365;

/** A file without a word of it leaves it as it was. */
export const saveLineKeeping = (
  transaction: Transaction,
  { lineEvidence }: { readonly lineEvidence?: LineEvidenceCentre | undefined },
): Promise<void> => saveCentreSetting(transaction, 'lineEvidence', lineEvidence);

const readCentre = (database: Queryable): Promise<LineEvidenceCentre | undefined> =>
  readCentreSetting(database, 'lineEvidence');

export const showLineKeeping = async (
  database: Queryable,
): Promise<{ readonly lineEvidence?: LineEvidenceCentre }> => {
  const lineEvidence = await readCentre(database);
  return lineEvidence === undefined ? {} : { lineEvidence };
};

const isHeld = (contact: string): string =>
  `EXISTS (SELECT FROM contacts k ${contact} AND EXISTS (
     SELECT FROM legal_holds h WHERE h.lifted_at IS NULL
       AND (h.contact_id = k.id OR h.customer_id = k.customer_id)))`;
const heldByKey = isHeld('WHERE k.call_key = e.call_key');
const heldByLeg = isHeld('JOIN legs g ON g.contact_id = k.id WHERE g.call_id = e.call_id');

/** What is older than `$1`, at most `$2` of it; nothing of a contact that must not be destroyed. */
const destroyOld = (table: string, time: string, isKept: string): string =>
  `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
     SELECT e.ctid FROM ${table} e WHERE e.${time} < $1 AND NOT ${isKept} LIMIT $2)) RETURNING 1`;
const statements = [
  destroyOld('leg_counts', 'at', heldByKey),
  destroyOld('line_verdicts', 'ended_at', heldByKey),
  destroyOld('line_summaries', 'at', heldByLeg),
  destroyOld('line_proofs', 'at', 'false'),
];

export const createLineKeeping = (needs: {
  readonly database: Database;
  readonly now: Now;
}): HourlyDestruction =>
  createHourlyDestruction(needs, {
    readKeepDays: async (database) => (await readCentre(database))?.keepDays ?? usualKeepDays,
    statements,
  });

/** All that is known of the sound of these contacts, destroyed; answers how many rows that were. */
export const eraseLineEvidence = async (
  transaction: Transaction,
  contactIds: readonly string[],
): Promise<number> => {
  // The desk may tell of a call before it tells of its leg.
  const calls = `SELECT g.call_id FROM legs g WHERE g.contact_id = ANY ($1)
    UNION SELECT v.call_id FROM line_verdicts v JOIN contacts k ON k.call_key = v.call_key
    WHERE k.id = ANY ($1)`;
  const keys = 'SELECT call_key FROM contacts WHERE id = ANY ($1)';
  let count = 0;
  for (const statement of [
    `DELETE FROM line_summaries WHERE call_id IN (${calls}) RETURNING 1`,
    `DELETE FROM line_verdicts WHERE call_id IN (${calls}) RETURNING 1`,
    `DELETE FROM leg_counts WHERE call_key IN (${keys}) RETURNING 1`,
  ]) {
    count += (await transaction.query<object>(statement, [contactIds])).length;
  }
  return count;
};
