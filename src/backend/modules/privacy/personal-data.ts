import type { Queryable } from '../../database/database.ts';
import { findConsentFacts } from '../contacts/contact-repository.ts';

type Row = Readonly<Record<string, unknown>>;

/** Everything that is known of a customer, as it is kept; people who work here are not named. */
export type PersonalData = {
  readonly record: Row;
  readonly tickets: readonly Row[];
  readonly standingChoices: readonly Row[];
  /** Which questions were asked to verify the customer, and whether they were right; the answers are kept nowhere. */
  readonly verifications: readonly Row[];
  readonly contacts: readonly Row[];
  /** What was promised to the customer, and what came of it. */
  readonly callBacks: readonly Row[];
  readonly recordings: readonly RecordingOfCustomer[];
  /** Who listened to which recording, and when. */
  readonly played: readonly Row[];
};

export type RecordingOfCustomer = {
  readonly id: string;
  readonly contactId: string;
  readonly state: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly seconds: number | null;
  /** Until when its queue keeps it, epoch ms; null: no end is set. */
  readonly keptUntil: number | null;
};

const contactsOf = async (
  database: Queryable,
  contactIds: readonly string[],
): Promise<readonly Row[]> => {
  const contacts = await database.query<Row & { readonly id: string }>(
    `SELECT k.id, k.direction, k.queue, k.remote_number AS number, k.remote_name AS name, k.started_at AS "startedAt",
       k.ended_at AS "endedAt",
       coalesce((SELECT json_agg(json_build_object('answeredAt', g.answered_at, 'endedAt', g.ended_at,
           'talkMs', g.talk_ms, 'holdMs', g.hold_ms, 'code', g.code, 'furtherCodes', g.further_codes,
           'fields', g.fields, 'notes', g.notes) ORDER BY g.started_at)
         FROM legs g WHERE g.contact_id = k.id), '[]') AS legs,
       coalesce((SELECT json_agg(m.note ORDER BY m.at) FROM missed_offers m
         WHERE m.contact_id = k.id AND m.note <> ''), '[]') AS "notesOfMissedCalls",
       coalesce((SELECT json_agg(json_build_object('recordingId', c.recording_id, 'atMs', c.at_ms, 'text', c.text)
           ORDER BY c.written_at)
         FROM recording_comments c JOIN recordings r ON r.id = c.recording_id WHERE r.contact_id = k.id), '[]') AS comments,
       coalesce((SELECT json_agg(m.text ORDER BY m.at, m.id) FROM hand_messages m JOIN hands h ON h.id = m.hand_id
         WHERE h.contact_id = k.id AND m.text <> ''), '[]') AS "helpMessages",
       coalesce((SELECT json_agg(json_build_object('text', n.text, 'reply', n.reply) ORDER BY n.written_at)
         FROM coaching_notes n WHERE n.contact_id = k.id), '[]') AS "coachingNotes",
       coalesce((SELECT json_agg(json_build_object('system', c.name, 'type', p.person_type, 'id', p.person_id)
           ORDER BY c.name)
         FROM contact_people p JOIN connections c ON c.id = p.connection_id
         WHERE p.contact_id = k.id), '[]') AS "recordsElsewhere",
       coalesce((SELECT json_agg(json_build_object('at', f.at, 'script', f.fact::json->'script', 'step', f.fact::json->'step')
           ORDER BY f.at, f.id)
         FROM guidance_facts f WHERE f.call_key = k.call_key AND f.attempt IS NULL), '[]') AS "scriptSteps",
       (SELECT json_build_object('askedAt', s.asked_at, 'kind', s.kind, 'score', s.score, 'resolved', s.resolved,
           'answeredAt', s.answered_at) FROM survey_answers s WHERE s.contact_id = k.id) AS survey,
       coalesce((SELECT json_agg(c.counts::json ORDER BY c.at) FROM leg_counts c
         WHERE c.call_key = k.call_key AND c.extension = ''), '[]') AS "soundOfLine",
       coalesce((SELECT json_agg(json_build_object('verdict', v.verdict, 'reason', v.reason) ORDER BY v.ended_at)
         FROM line_verdicts v WHERE v.call_key = k.call_key), '[]') AS "soundVerdicts",
       coalesce((SELECT json_agg(json_build_object('system', c.connector, 'kind', d.kind, 'state', d.state,
           'doneAt', d.done_at, 'url', d.url, 'content', d.body - 'agentName' - 'lines') ORDER BY d.made_at)
         FROM deeds d JOIN connections c ON c.id = d.connection_id WHERE d.contact_id = k.id), '[]') AS "writtenElsewhere"
     FROM contacts k WHERE k.id = ANY($1) ORDER BY k.started_at`,
    [contactIds],
  );
  return Promise.all(
    contacts.map(async (contact) => ({
      ...contact,
      consent: await findConsentFacts(database, contact.id),
    })),
  );
};

/** null: there is no such customer. */
export const readPersonalData = async (
  database: Queryable,
  customerId: string,
  contactIds: readonly string[],
): Promise<PersonalData | null> => {
  const [record] = await database.query<Row>(
    `SELECT c.id, c.external_id AS "externalId", c.name, c.company, c.email, c.city, c.country, c.subdivision, c.language, c.tags, c.notes, c.since,
       (SELECT coalesce(json_agg(n.number ORDER BY n.position), '[]') FROM customer_numbers n
         WHERE n.customer_id = c.id) AS numbers
     FROM customers c WHERE c.id = $1`,
    [customerId],
  );
  if (record === undefined) return null;
  return {
    record,
    tickets: await database.query<Row>(
      `SELECT reference, subject, status, priority, opened_at AS "openedAt" FROM tickets WHERE customer_id = $1
       ORDER BY opened_at`,
      [customerId],
    ),
    verifications: await database.query<Row>(
      `SELECT outcome, began_at AS "beganAt", decided_at AS "decidedAt", answers FROM verification_attempts
       WHERE customer_id = $1 OR call_key IN (SELECT call_key FROM contacts WHERE id = ANY($2)) ORDER BY began_at`,
      [customerId, contactIds],
    ),
    standingChoices: await database.query<Row>(
      `SELECT kind, how, at, contact_id AS "contactId" FROM standing_choices
       WHERE customer_id = $1 OR contact_id = ANY($2) ORDER BY at`,
      [customerId, contactIds],
    ),
    contacts: await contactsOf(database, contactIds),
    callBacks: await database.query<Row>(
      `SELECT b.kind, b.state, b.number, b.note, b.due_at AS "dueAt", b.created_at AS "createdAt", b.queue,
         b.over_at AS "overAt", coalesce((SELECT json_agg(json_build_object('at', a.at, 'outcome', a.outcome)
           ORDER BY a.at) FROM call_back_attempts a WHERE a.call_back_id = b.id), '[]') AS attempts
       FROM call_backs b WHERE b.customer_id = $1 OR b.contact_id = ANY($2) OR (b.customer_id IS NULL
         AND b.number IN (SELECT number FROM customer_numbers WHERE customer_id = $1)) ORDER BY b.created_at`,
      [customerId, contactIds],
    ),
    recordings: await database.query<RecordingOfCustomer>(
      `SELECT r.id, r.contact_id AS "contactId", r.state, r.started_at AS "startedAt", r.ended_at AS "endedAt", r.seconds,
         coalesce(r.ended_at, r.started_at) + q.recording_retention_days * 86400000::bigint AS "keptUntil"
       FROM recordings r JOIN contacts k ON k.id = r.contact_id LEFT JOIN queues q ON q.name = k.queue
       WHERE r.contact_id = ANY($1) ORDER BY r.started_at`,
      [contactIds],
    ),
    played: await database.query<Row>(
      `SELECT a.at, a.details->>'recordingId' AS "recordingId", u.role AS by FROM audit_log a JOIN users u ON u.id = a.actor
       WHERE a.action = 'recording_played' AND a.details->>'contactId' = ANY($1) ORDER BY a.at`,
      [contactIds],
    ),
  };
};
