import { contactSchema, type Contact } from '../../shared/api/records.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import type { CallLedger } from '../ledger/call-ledger.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';

const drainMs = 5_000;

/** The agent's legs of a contact that ended after an answer and have no wrap-up yet. */
export const owedBy = (contact: Contact, userId: string): readonly WrapUpDraft[] =>
  contact.legs
    .filter((leg) => {
      const kinds = new Set(leg.facts.map((fact) => fact.kind));
      return (
        leg.agent.id === userId &&
        kinds.has('answered') &&
        kinds.has('ended') &&
        !kinds.has('wrap_up_completed')
      );
    })
    .map((leg) => ({
      callId: leg.callId,
      callKey: contact.card.callKey,
      queue: contact.card.queue,
      remoteNumber: contact.card.remoteNumber,
      remoteName: contact.card.remoteName,
      code: null,
      notes: '',
      ended: true,
      facts: leg.facts,
    }));

export type OwedPorts = {
  readonly store: DeskStore;
  readonly session: Pick<DeskSession, 'request' | 'userId'>;
  readonly ledger: Pick<CallLedger, 'adopt' | 'wrapUps'>;
  readonly drain: (timeoutMs: number) => Promise<void>;
};

/**
 * Brings a wrap-up here that the backend waits for and this installation knows nothing of: the call was taken on another
 * machine, or the profile was lost. Without it the agent could never be ready again.
 */
export const adoptOwedWrapUps = async (ports: OwedPorts): Promise<void> => {
  const userId = ports.session.userId();
  if (userId === null || ports.store.snapshot().agent?.state.state !== 'wrap_up') return;
  // What is complete here but not yet sent is not owed.
  await ports.drain(drainMs);
  const { agent, cards } = ports.store.snapshot();
  if (agent?.state.state !== 'wrap_up' || ports.session.userId() !== userId) return;
  const known = new Set(ports.ledger.wrapUps().map((draft) => draft.callKey));
  for (const callKey of agent.state.callKeys) {
    const card = cards.find((other) => other.callKey === callKey);
    if (card === undefined || known.has(callKey)) continue;
    const contact = await ports.session.request({
      method: 'GET',
      path: `/contacts/${card.contactId}`,
      answer: contactSchema,
    });
    if (!contact.ok || ports.session.userId() !== userId) return;
    for (const draft of owedBy(contact.value, userId)) ports.ledger.adopt(draft);
  }
};
