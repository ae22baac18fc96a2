import type { Label } from '../../../shared/api/records.ts';
import type { Ref } from '../../connectors/connector.ts';
import type { Queryable } from '../../database/database.ts';

/** An agent's answered part in a call with somebody from outside. */
export type CallLeg = {
  readonly agent: string;
  readonly extension: string;
  readonly answeredAt: number;
  /** null: it goes on. */
  readonly endedAt: number | null;
  readonly talkMs: number;
  readonly direction: 'inbound' | 'outbound' | null;
  /** As they were chosen. */
  readonly codes: readonly { readonly code: string; readonly label: Label }[];
  readonly notes: string;
  readonly isWrappedUp: boolean;
};

/** What there is to tell of a call in another system. */
export type CallFacts = {
  readonly contactId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly number: string;
  readonly name: string;
  readonly queue: Label | null;
  readonly startedAt: number;
  /** null: it goes on. */
  readonly endedAt: number | null;
  /** In the order in which they were answered. */
  readonly legs: readonly CallLeg[];
  readonly isRecorded: boolean;
  /** The customer asked to be forgotten. */
  readonly isErased: boolean;
  /** Of an emergency service. */
  readonly isEmergency: boolean;
  /** Between colleagues. */
  readonly isInternal: boolean;
};

/** Who the customer is at a connection, and which ticket there the contact is about. */
export type CallElsewhere = {
  readonly connectionId: string;
  readonly person: Ref | null;
  readonly personUrl: string | null;
  readonly ticket: Ref | null;
};

/** Of those of the contacts that there are; notes as they are typed, where the wrap-up is not complete. */
export const readCallFacts = (
  database: Queryable,
  contactIds: readonly string[],
): Promise<readonly CallFacts[]> =>
  database.query<CallFacts>(
    `SELECT k.id AS "contactId", k.direction, k.remote_number AS number,
       coalesce(c.name, k.remote_name) AS name, q.label AS queue, k.started_at AS "startedAt",
       k.ended_at AS "endedAt", k.match = 'deleted' AS "isErased",
       EXISTS (SELECT FROM users u WHERE u.extension = k.remote_number) AS "isInternal",
       EXISTS (SELECT FROM emergency_calls e WHERE e.call_key = k.call_key) AS "isEmergency",
       EXISTS (SELECT FROM recordings r WHERE r.contact_id = k.id AND r.state = 'stopped') AS "isRecorded",
       coalesce((SELECT json_agg(json_build_object('agent', u.name, 'extension', u.extension,
             'answeredAt', g.answered_at, 'endedAt', g.ended_at, 'talkMs', g.talk_ms, 'direction', g.direction,
             'notes', CASE WHEN g.wrapped_up_at IS NULL THEN coalesce(d.draft->>'notes', g.notes) ELSE g.notes END,
             'isWrappedUp', g.wrapped_up_at IS NOT NULL,
             'codes', coalesce((SELECT json_agg(json_build_object('code', w.code, 'label', w.label)
                 ORDER BY s.place)
               FROM unnest(array_prepend(g.code, g.further_codes)) WITH ORDINALITY AS s (code, place)
                 JOIN wrap_up_codes w ON w.code = s.code), '[]'))
           ORDER BY g.answered_at, g.call_id)
         FROM legs g JOIN users u ON u.id = g.agent_id
           LEFT JOIN wrap_up_drafts d ON d.call_id = g.call_id AND d.agent_id = g.agent_id
         WHERE g.contact_id = k.id AND g.answered_at IS NOT NULL AND NOT g.is_consult
           AND NOT g.is_mailbox), '[]') AS legs
     FROM contacts k LEFT JOIN queues q ON q.name = k.queue LEFT JOIN customers c ON c.id = k.customer_id
     WHERE k.id = ANY($1::uuid[])`,
    [contactIds],
  );

export const readElsewhere = async (
  database: Queryable,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CallElsewhere[]>> => {
  const rows = await database.query<CallElsewhere & { readonly contactId: string }>(
    `SELECT contact_id AS "contactId", connection_id AS "connectionId",
       CASE WHEN p.person_id IS NOT NULL THEN json_build_object('type', p.person_type, 'id', p.person_id) END AS person,
       p.url AS "personUrl",
       CASE WHEN t.ticket_id IS NOT NULL THEN json_build_object('type', t.ticket_type, 'id', t.ticket_id) END AS ticket
     FROM (SELECT * FROM contact_people WHERE contact_id = ANY($1::uuid[])) p
     FULL JOIN (SELECT * FROM contact_tickets WHERE contact_id = ANY($1::uuid[])) t
       USING (contact_id, connection_id)`,
    [contactIds],
  );
  const byContact = new Map<string, CallElsewhere[]>();
  for (const { contactId, ...elsewhere } of rows) {
    byContact.set(contactId, [...(byContact.get(contactId) ?? []), elsewhere]);
  }
  return byContact;
};

/** Whether its record is due elsewhere at all: a customer's call that an agent answered, and that is over. */
export const isLogged = (facts: CallFacts): facts is CallFacts & { readonly endedAt: number } =>
  facts.endedAt !== null &&
  facts.legs.length > 0 &&
  facts.legs.every(({ endedAt }) => endedAt !== null) &&
  !facts.isErased &&
  !facts.isEmergency &&
  !facts.isInternal;

export const isWrappedUp = ({ legs }: Pick<CallFacts, 'legs'>): boolean =>
  legs.every((leg) => leg.isWrappedUp);
