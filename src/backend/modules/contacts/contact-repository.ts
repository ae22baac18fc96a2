import type { Customer, CustomerSummary, Match } from '../../../shared/api/records.ts';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import type { Queryable } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import { findStandingOfContact, standingFacts } from '../consent/standing-choices.ts';
import { findCustomers, findCustomerSummaries } from '../directory/customer-repository.ts';
import type { ContactRow, RecordingRow } from './card.ts';

const contactColumns = `k.id, k.call_key AS "callKey", k.origin, k.direction, k.queue,
  k.remote_number AS "remoteNumber", k.remote_name AS "remoteName", k.started_at AS "startedAt",
  k.queued_at AS "queuedAt", k.ended_at AS "endedAt", k.revision, k.match,
  k.customer_id AS "customerId", k.candidate_ids AS "candidateIds"`;

const findOne = async (
  database: Queryable,
  condition: string,
  value: string,
): Promise<ContactRow | null> => {
  const [row] = await database.query<ContactRow>(
    `SELECT ${contactColumns} FROM contacts k WHERE ${condition}`,
    [value],
  );
  return row ?? null;
};

export const findContactByCallKey = (
  database: Queryable,
  callKey: string,
): Promise<ContactRow | null> => findOne(database, 'k.call_key = $1', callKey);

export const findContactsByCallKeys = async (
  database: Queryable,
  callKeys: readonly string[],
): Promise<readonly ContactRow[]> =>
  callKeys.length === 0
    ? []
    : database.query<ContactRow>(
        `SELECT ${contactColumns} FROM contacts k WHERE k.call_key = ANY($1)`,
        [callKeys],
      );

export const findContact = (database: Queryable, contactId: string): Promise<ContactRow | null> =>
  findOne(database, 'k.id = $1', contactId);

/** Answers the ids of those that are new; the call of each other one has a contact already. */
export const insertContacts = async (
  database: Queryable,
  contacts: readonly ContactRow[],
): Promise<ReadonlySet<string>> => {
  if (contacts.length === 0) return new Set();
  const inserted = await database.query<{ readonly id: string }>(
    `INSERT INTO contacts (id, origin, direction, queue, remote_number, remote_name, started_at,
       queued_at, ended_at, match, customer_id, candidate_ids, call_key)
     SELECT k.id, k.origin, k.direction, k.queue, k."remoteNumber", k."remoteName", k."startedAt",
       k."queuedAt", k."endedAt", k.match, k."customerId", k."candidateIds", k."callKey"
     FROM json_to_recordset($1) AS k (id uuid, origin text, direction text, queue text,
       "remoteNumber" text, "remoteName" text, "startedAt" bigint, "queuedAt" bigint,
       "endedAt" bigint, match text, "customerId" uuid, "candidateIds" uuid[], "callKey" text)
     ORDER BY k."callKey" ON CONFLICT (call_key) DO NOTHING RETURNING id`,
    [jsonRows(contacts)],
  );
  return new Set(inserted.map(({ id }) => id));
};

/** Answers whether this contact is the new one; false: the call has one already. */
export const insertContact = async (database: Queryable, contact: ContactRow): Promise<boolean> =>
  (await insertContacts(database, [contact])).has(contact.id);

/** What a later report knows and the first one did not. */
export const completeContact = async (
  database: Queryable,
  contact: ContactRow,
): Promise<ContactRow> => {
  const [row] = await database.query<ContactRow>(
    `UPDATE contacts k SET origin = $2, direction = $3, queue = $4, remote_number = $5,
       remote_name = $6, started_at = $7, queued_at = $8, match = $9, customer_id = $10,
       candidate_ids = $11, revision = k.revision + 1
     WHERE k.id = $1 RETURNING ${contactColumns}`,
    [
      contact.id,
      contact.origin,
      contact.direction,
      contact.queue,
      contact.remoteNumber,
      contact.remoteName,
      contact.startedAt,
      contact.queuedAt,
      contact.match,
      contact.customerId,
      contact.candidateIds,
    ],
  );
  return row ?? contact;
};

export const raiseRevisions = (
  database: Queryable,
  callKeys: readonly string[],
): Promise<readonly ContactRow[]> =>
  database.query<ContactRow>(
    `UPDATE contacts k SET revision = k.revision + 1 WHERE k.call_key = ANY($1)
     RETURNING ${contactColumns}`,
    [callKeys],
  );

export const setCustomer = async (
  database: Queryable,
  contactId: string,
  customerId: string,
): Promise<void> => {
  await database.query(
    `UPDATE contacts SET customer_id = $2, match = 'confirmed', candidate_ids = '{}' WHERE id = $1`,
    [contactId, customerId],
  );
};

/** To be called before the customer is deleted; answers the calls whose cards show it. */
export const markCustomerDeleted = async (
  database: Queryable,
  customerId: string,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly callKey: string }>(
      `UPDATE contacts SET
         match = CASE
           WHEN customer_id = $1 THEN 'deleted'
           WHEN cardinality(array_remove(candidate_ids, $1)) = 0 THEN 'unknown'
           ELSE match END,
         candidate_ids = array_remove(candidate_ids, $1)
       WHERE customer_id = $1 OR candidate_ids @> ARRAY[$1::uuid]
       RETURNING call_key AS "callKey"`,
      [customerId],
    )
  ).map((row) => row.callKey);

/** The contact is with the customer of another one from now on. Answers false when it was before. */
export const receiveCustomer = async (
  database: Queryable,
  callKey: string,
  customerCallKey: string,
): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      `UPDATE contacts k SET remote_number = c.remote_number, remote_name = c.remote_name,
         queue = coalesce(k.queue, c.queue), match = c.match, customer_id = c.customer_id,
         candidate_ids = c.candidate_ids
       FROM contacts c WHERE k.call_key = $1 AND c.call_key = $2
         AND (k.remote_number, k.remote_name) IS DISTINCT FROM (c.remote_number, c.remote_name)
       RETURNING k.id`,
      [callKey, customerCallKey],
    )
  ).length > 0;

export const endContact = async (
  database: Queryable,
  callKey: string,
  at: number,
): Promise<void> => {
  await database.query(
    'UPDATE contacts SET ended_at = $2 WHERE call_key = $1 AND ended_at IS NULL',
    [callKey, at],
  );
};

/** The agent had a part in these contacts and may see them from now on. */
export const addAgentTo = async (
  database: Queryable,
  contactIds: readonly string[],
  agentId: string,
  at: number,
): Promise<void> => {
  await database.query(
    `INSERT INTO contact_agents (contact_id, agent_id, since)
     SELECT contact_id, $2, $3 FROM unnest($1::uuid[]) AS contact_id ORDER BY contact_id
     ON CONFLICT DO NOTHING`,
    [contactIds, agentId, at],
  );
};

export const addAgent = (
  database: Queryable,
  contactId: string,
  agentId: string,
  at: number,
): Promise<void> => addAgentTo(database, [contactId], agentId, at);

/** Those of the contacts that the agent had a part in. */
export const findPartsOf = async (
  database: Queryable,
  contactIds: readonly string[],
  agentId: string,
): Promise<ReadonlySet<string>> => {
  const rows = await database.query<{ readonly contactId: string }>(
    `SELECT contact_id AS "contactId" FROM contact_agents
     WHERE contact_id = ANY($1::uuid[]) AND agent_id = $2`,
    [contactIds, agentId],
  );
  return new Set(rows.map(({ contactId }) => contactId));
};

/**
 * All that counts for this contact, in the order of its arrival: what its customer said no to for later calls as well,
 * the keys that were pressed at the PBX, and what agents told who have a part in the contact.
 */
export const findConsentFacts = async (
  database: Queryable,
  contactId: string,
): Promise<readonly ConsentFact[]> => {
  const [standing, told] = await Promise.all([
    findStandingOfContact(database, contactId),
    database.query<{ readonly fact: string }>(
      `SELECT f.fact FROM (
         SELECT e.fact, e.received_at, e.arrival FROM events e JOIN legs g ON g.call_id = e.call_id
           JOIN contact_agents a ON a.contact_id = g.contact_id AND a.agent_id = e.agent_id
         WHERE g.contact_id = $1 AND e.topic = 'consent'
         UNION ALL SELECT fact, received_at, arrival FROM consent_facts WHERE contact_id = $1) f
       ORDER BY f.received_at, f.arrival`,
      [contactId],
    ),
  ]);
  // Checked against its schema before it was stored.
  const facts = told.map(({ fact }) => JSON.parse(fact) as ConsentFact);
  return [...standingFacts(standing, contactId), ...facts];
};

export const findRecordings = (
  database: Queryable,
  contactId: string,
): Promise<readonly RecordingRow[]> =>
  database.query<RecordingRow>(
    `SELECT id, call_key AS "callKey", agent_id AS "agentId", state, started_at AS "startedAt",
       ended_at AS "endedAt", seconds, channels, why,
       (SELECT json_agg(json_build_object('why', p.why, 'pausedAt', p.paused_at, 'resumedAt', p.resumed_at)
          ORDER BY p.paused_at) FROM recording_pauses p WHERE p.recording_id = r.id) AS pauses
     FROM recordings r WHERE contact_id = $1 ORDER BY started_at, id`,
    [contactId],
  );

/** The records that a match names, as of now. */
export const findMatch = async (database: Queryable, contact: ContactRow): Promise<Match> => {
  const one = async (): Promise<Customer | undefined> =>
    contact.customerId === null
      ? undefined
      : (await findCustomers(database, [contact.customerId], contact.id))[0];
  const some = async (): Promise<readonly CustomerSummary[]> =>
    findCustomerSummaries(database, contact.candidateIds);
  switch (contact.match) {
    case 'exact':
    case 'confirmed': {
      const customer = await one();
      return customer === undefined ? { kind: 'deleted' } : { kind: contact.match, customer };
    }
    case 'several':
    case 'maybe': {
      const customers = await some();
      return customers.length === 0 ? { kind: 'unknown' } : { kind: contact.match, customers };
    }
    case 'unknown':
    case 'deleted':
      return { kind: contact.match };
  }
};

/** Agents to whom this call rings or who are in it. */
export const findParties = async (
  database: Queryable,
  callKey: string,
): Promise<readonly string[]> =>
  (
    await database.query<{ readonly agentId: string }>(
      `SELECT s.agent_id AS "agentId" FROM contacts k
         JOIN contact_agents a ON a.contact_id = k.id
         JOIN agent_standings s ON s.agent_id = a.agent_id
       WHERE k.call_key = $1 AND (s.standing->'offers' ? k.call_key
         OR s.standing->'calls' ? k.call_key)`,
      [callKey],
    )
  ).map(({ agentId }) => agentId);

/** Agents whose desks show these calls now. */
export const findHoldersOf = (
  database: Queryable,
  callKeys: readonly string[],
): Promise<readonly { readonly callKey: string; readonly agentId: string }[]> =>
  database.query(
    `SELECT k.call_key AS "callKey", s.agent_id AS "agentId" FROM contacts k
       JOIN contact_agents a ON a.contact_id = k.id JOIN agent_standings s ON s.agent_id = a.agent_id
     WHERE k.call_key = ANY($1) AND (s.standing->'offers' ? k.call_key
       OR s.standing->'calls' ? k.call_key OR s.standing->'wrapUps' ? k.call_key)`,
    [callKeys],
  );

export const findHolders = async (
  database: Queryable,
  callKey: string,
): Promise<readonly string[]> =>
  (await findHoldersOf(database, [callKey])).map(({ agentId }) => agentId);
