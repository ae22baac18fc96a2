import type { DeedKind } from '../../../shared/domain/deed/deed.ts';
import type { RepeatedAsk } from '../../connectors/ask.ts';
import type {
  CallRecord,
  Connection,
  Escalation,
  NewTicket,
  Ref,
} from '../../connectors/connector.ts';
import { failed, type Outcome } from '../../connectors/failure.ts';
import { success } from '../../../shared/result.ts';

/** What is to stand there, without what tells one attempt from another. */
export type CallContent = Omit<CallRecord, 'callId' | 'revision'>;
export type TicketContent = Omit<NewTicket, 'key'>;
export type NoteContent = {
  readonly ticket: Ref;
  readonly text: string;
  readonly isPublic: boolean;
};
export type EscalationContent = Omit<Escalation, 'key'>;

export type DeedContent =
  | { readonly kind: 'call_log'; readonly body: CallContent }
  | { readonly kind: 'ticket'; readonly body: TicketContent }
  | { readonly kind: 'ticket_note'; readonly body: NoteContent }
  | { readonly kind: 'escalation'; readonly body: EscalationContent };

/** JSON of our own: rows of a kind are written with content of that kind alone (`insertDeed`, `saveDeed`). */
export const contentOf = (kind: DeedKind, body: unknown): DeedContent =>
  ({ kind, body }) as DeedContent;

/** What became of it there. */
export type Placed = {
  readonly ref: Ref | null;
  /** What people call it by: `#4711`. */
  readonly reference: string | null;
  readonly url: string | null;
};

export type Attempt = {
  /** The key by which it is found again. */
  readonly id: string;
  readonly content: DeedContent;
  readonly revision: number;
  /** What stands there of a revision before; null: nothing is known to. */
  readonly standing: Ref | null;
};

const cannot = (what: string) => failed('validation', `it cannot ${what}`);

const logCall = async (
  connection: Connection,
  { id, revision, standing }: Attempt,
  body: CallContent,
  ask: RepeatedAsk,
): Promise<Outcome<Placed>> => {
  const call: CallRecord = { ...body, callId: id, revision };
  if (connection.logCall === undefined) return cannot('log calls');
  // Late news that a vendor has no place for are none of its record's.
  if (standing !== null && connection.updateCall === undefined) {
    return success({ ref: standing, reference: null, url: null });
  }
  const logged =
    standing === null || connection.updateCall === undefined
      ? await connection.logCall(call, ask)
      : await connection.updateCall(standing, call, ask);
  if (!logged.ok) return logged;
  const { type, id: externalId, url } = logged.value;
  return success({ ref: { type, id: externalId }, reference: null, url });
};

/** One attempt. `ask.mayExist`: the answer of an earlier one was lost. */
export const place = async (
  connection: Connection,
  attempt: Attempt,
  ask: RepeatedAsk,
): Promise<Outcome<Placed>> => {
  const { id: key, content } = attempt;
  switch (content.kind) {
    case 'call_log':
      return logCall(connection, attempt, content.body, ask);
    case 'ticket': {
      if (connection.createTicket === undefined) return cannot('make tickets');
      const made = await connection.createTicket({ ...content.body, key }, ask);
      if (!made.ok) return made;
      const { type, id, reference, url } = made.value;
      return success({ ref: { type, id }, reference, url });
    }
    case 'ticket_note': {
      if (connection.appendToTicket === undefined) return cannot('add to tickets');
      const { ticket, text, isPublic } = content.body;
      const added = await connection.appendToTicket(ticket, { text, isPublic, key }, ask);
      return added.ok ? success({ ref: ticket, reference: null, url: null }) : added;
    }
    case 'escalation': {
      if (connection.escalate === undefined) return cannot('take escalations');
      const made = await connection.escalate({ ...content.body, key }, ask);
      if (!made.ok) return made;
      const { type, id, url } = made.value;
      // What was posted by a webhook has no page.
      return success({ ref: { type, id }, reference: null, url: url === '' ? null : url });
    }
  }
};

/** Whether it is about one record that is there already: what is refused is refused for that one alone. */
export const isAboutRecord = ({ content, standing }: Pick<Attempt, 'content' | 'standing'>) =>
  content.kind === 'ticket_note' ||
  (content.kind === 'call_log' && (standing !== null || content.body.ticket !== undefined));
