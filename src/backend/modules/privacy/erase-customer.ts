import { isExtension } from '../../../shared/domain/phone-number/phone-number.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { Database, Transaction } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import { appendToChain } from '../chain/chain.ts';
import { markCustomerDeleted } from '../contacts/contact-repository.ts';
import { eraseGuidance } from '../guidance/guidance-repository.ts';
import { eraseDeeds } from '../deeds/erase-deeds.ts';
import { eraseLineEvidence } from '../line-quality/line-keeping.ts';
import { likeLiteral } from '../directory/search-text.ts';
import { canonicalJson } from '../../canonical-json.ts';

/** How many rows of which table were deleted, or had what is personal in them blanked. */
export type Erased = Readonly<Record<string, number>>;

/** Why nothing can be erased now. */
export type EraseObstacle =
  | { readonly code: 'held'; readonly message: string }
  | { readonly code: 'call_goes_on' | 'wrap_up_owed'; readonly message: string };

/** A legal hold on the customer or one of the contacts, a call that goes on, a wrap-up that is still to be written. */
export const findObstacle = async (
  database: Pick<Database, 'query'>,
  customerId: string,
  contactIds: readonly string[],
): Promise<EraseObstacle | null> => {
  const [hold] = await database.query<{ readonly reason: string }>(
    `SELECT reason FROM legal_holds WHERE lifted_at IS NULL AND (customer_id = $1 OR contact_id = ANY($2)) LIMIT 1`,
    [customerId, contactIds],
  );
  if (hold !== undefined) return { code: 'held', message: hold.reason };
  const [live] = await database.query<object>(
    `SELECT 1 FROM agent_calls c JOIN contacts k ON k.call_key = c.call_key
     WHERE k.id = ANY($1) AND c.pbx_answered_at IS NOT NULL AND c.pbx_ended_at IS NULL LIMIT 1`,
    [contactIds],
  );
  if (live !== undefined)
    return { code: 'call_goes_on', message: 'a call with the customer goes on' };
  const [owed] = await database.query<{ readonly name: string }>(
    `SELECT u.name FROM legs g JOIN users u ON u.id = g.agent_id
     WHERE g.contact_id = ANY($1) AND g.answered_at IS NOT NULL AND g.wrapped_up_at IS NULL
       AND NOT g.is_consult AND NOT g.is_mailbox LIMIT 1`,
    [contactIds],
  );
  return owed === undefined
    ? null
    : { code: 'wrap_up_owed', message: `${owed.name} has not completed a wrap-up yet` };
};

type StoredFact = { readonly id: string; readonly fact: string };

const blankText = (fact: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  // A colleague's extension and name are not the customer's.
  const isColleague = typeof fact['remoteNumber'] === 'string' && isExtension(fact['remoteNumber']);
  return Object.fromEntries(
    Object.entries(fact).map(([key, value]) => {
      if (key === 'notes') return [key, ''];
      if (key === 'fields') return [key, {}];
      const isRemote = key === 'remoteNumber' || key === 'remoteName';
      return [key, isRemote && !isColleague ? '' : value];
    }),
  );
};

/** What the desks' journals told, without what is personal in it. */
const blankFacts = async (
  transaction: Transaction,
  contactIds: readonly string[],
): Promise<number> => {
  const facts = await transaction.query<StoredFact>(
    'SELECT e.id, e.fact FROM events e JOIN legs g ON g.call_id = e.call_id WHERE g.contact_id = ANY($1)',
    [contactIds],
  );
  const blanked = facts.flatMap(({ id, fact }) => {
    const without = canonicalJson(blankText(JSON.parse(fact) as Record<string, unknown>));
    return without === fact ? [] : [{ id, fact: without }];
  });
  await transaction.query(
    `UPDATE events e SET fact = n.fact FROM json_to_recordset($1) AS n (id uuid, fact text) WHERE e.id = n.id`,
    [jsonRows(blanked)],
  );
  return blanked.length;
};

const eraseRows = async (
  transaction: Transaction,
  customerId: string,
  contactIds: readonly string[],
): Promise<Erased> => {
  const count = async (statement: string, values: readonly unknown[]): Promise<number> =>
    (await transaction.query<object>(`${statement} RETURNING 1`, values)).length;
  const [names] = await transaction.query<{ readonly name: string }>(
    'SELECT name FROM customers WHERE id = $1',
    [customerId],
  );
  const numbers = await transaction.query<{ readonly number: string }>(
    `SELECT number FROM customer_numbers WHERE customer_id = $1
     UNION SELECT remote_number FROM contacts WHERE id = ANY($2) AND remote_number <> ''`,
    [customerId, contactIds],
  );
  const calls = await transaction.query<{ readonly callId: string }>(
    'SELECT call_id AS "callId" FROM legs WHERE contact_id = ANY($1)',
    [contactIds],
  );
  const callIds = calls.map(({ callId }) => callId);
  const told = [
    ...callIds,
    ...numbers.map(({ number }) => number),
    ...(names === undefined || names.name.length < 3 ? [] : [names.name]),
  ].map((text) => `%${likeLiteral(text)}%`);

  const events = await blankFacts(transaction, contactIds);
  const legs = await count(
    `UPDATE legs SET notes = '', fields = '{}' WHERE contact_id = ANY($1) AND (notes <> '' OR fields <> '{}')`,
    [contactIds],
  );
  const drafts = await count('DELETE FROM wrap_up_drafts WHERE call_id = ANY($1)', [callIds]);
  const refused = await count('DELETE FROM refused_events WHERE body ILIKE ANY($1)', [told]);
  const missed = await count(
    `UPDATE missed_offers SET note = '' WHERE contact_id = ANY($1) AND note <> ''`,
    [contactIds],
  );
  const comments = await count(
    `DELETE FROM recording_comments c USING recordings r WHERE r.id = c.recording_id AND r.contact_id = ANY($1)`,
    [contactIds],
  );
  const scorecards = await count(
    `UPDATE scorecards SET remark = '', reply = '', answers = coalesce((SELECT
         jsonb_object_agg(key, jsonb_set(value, '{note}', '""')) FROM jsonb_each(answers)), '{}')
     WHERE contact_id = ANY($1) AND (remark <> '' OR reply <> '' OR EXISTS (
       SELECT FROM jsonb_each(answers) WHERE value->>'note' <> ''))`,
    [contactIds],
  );
  const helpMessages = await count(
    `UPDATE hand_messages m SET text = '' FROM hands h
     WHERE h.id = m.hand_id AND h.contact_id = ANY($1) AND m.text <> ''`,
    [contactIds],
  );
  const coaching = await count('DELETE FROM coaching_notes WHERE contact_id = ANY($1)', [
    contactIds,
  ]);
  // Who it was elsewhere: the record there is the company's own to erase.
  const elsewhere =
    (await count('DELETE FROM connection_people WHERE number = ANY($1)', [
      numbers.map(({ number }) => number),
    ])) + (await count('DELETE FROM contact_people WHERE contact_id = ANY($1)', [contactIds]));
  const guidance = await eraseGuidance(transaction, customerId, contactIds);
  const sound = await eraseLineEvidence(transaction, contactIds);
  // Before the customer goes: what was promised on these numbers to nobody in particular was promised to this customer.
  const callBacks = await count(
    `DELETE FROM call_backs b WHERE b.customer_id = $1 OR b.contact_id = ANY($2)
       OR (b.customer_id IS NULL AND b.number = ANY($3))`,
    [customerId, contactIds, numbers.map(({ number }) => number)],
  );
  const favourites = await count(
    `DELETE FROM favourites WHERE kind = 'number' AND target = ANY($1)`,
    [numbers.map(({ number }) => number)],
  );
  const deeds = await eraseDeeds(transaction, contactIds);
  await markCustomerDeleted(transaction, customerId);
  const contacts = await count(
    `UPDATE contacts SET remote_number = '', remote_name = '', match = 'deleted', customer_id = NULL,
       candidate_ids = '{}' WHERE id = ANY($1)`,
    [contactIds],
  );
  const tickets = await count('DELETE FROM tickets WHERE customer_id = $1', [customerId]);
  const customers = await count('DELETE FROM customers WHERE id = $1', [customerId]);
  return {
    customers,
    tickets,
    contacts,
    legs,
    events,
    drafts,
    missed,
    comments,
    scorecards,
    coaching,
    helpMessages,
    elsewhere,
    guidance,
    sound,
    favourites,
    deeds,
    callBacks,
    refused,
  };
};

/**
 * Erases what is personal of a customer from the database. What happened when, for how long and by whose hand stays,
 * and so does the chain, which holds ids and figures alone.
 */
export const eraseRecords = (
  database: Database,
  customerId: string,
  contactIds: readonly string[],
): Promise<Result<Erased, EraseObstacle>> =>
  database.transaction(async (transaction): Promise<Result<Erased, EraseObstacle>> => {
    await transaction.query('LOCK TABLE legal_holds IN SHARE MODE');
    const obstacle = await findObstacle(transaction, customerId, contactIds);
    if (obstacle !== null) return failure(obstacle);
    const erased = await eraseRows(transaction, customerId, contactIds);
    await appendToChain(
      transaction,
      { topic: 'privacy', contactId: null, body: { what: 'erased', customerId, rows: erased } },
      ...contactIds.map((contactId) => ({
        topic: 'privacy' as const,
        contactId,
        body: { what: 'erased', customerId },
      })),
    );
    return success(erased);
  });
