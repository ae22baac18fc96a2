import type { JournalEvent } from '../../../shared/api/events.ts';
import type { Now } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { CallReport } from '../contacts/ensure-contacts.ts';
import type { PushHub } from '../push/push-hub.ts';

/** What a client's events say of a call, as the contact is made from it. */
export const reportOf = (callKey: string, events: readonly JournalEvent[]): CallReport => {
  const facts = events.map((event) => event.body.fact).filter((fact) => fact.callKey === callKey);
  // Who called is told by the customer's leg, not by one that asks a colleague.
  const first = facts
    .filter((fact) => fact.kind === 'offered' || fact.kind === 'dialed')
    .find((fact) => fact.kind === 'offered' || fact.consultFor === undefined);
  return {
    callKey,
    origin: 'client',
    direction: first?.kind === 'dialed' ? 'outbound' : 'inbound',
    queue: first?.kind === 'offered' ? first.queue : null,
    remoteNumber: first?.remoteNumber ?? '',
    remoteName: first?.kind === 'offered' ? first.remoteName : '',
    at: Math.min(...facts.map((fact) => fact.at)),
    queued: false,
  };
};

type Needs = {
  readonly contacts: Pick<Contacts, 'prepare' | 'forAgent'>;
  readonly push: Pick<PushHub, 'toUser'>;
  readonly pbx: Pick<Pbx, 'status'>;
  readonly now: Now;
  readonly log: Log;
};

/** No call rings for longer; what began before comes late, and is told with what it did to the desk. */
const ringsAtMostMs = 60_000;

/** Where nobody but the phone tells of a call, the card leaves for the desk before the phone's facts are written. */
export const createEarlyCards =
  ({ contacts, push, pbx, now, log }: Needs) =>
  (agentId: string, events: readonly JournalEvent[]): void => {
    if (pbx.status().state !== 'absent') return;
    const facts = events.map(({ body }) => body.fact);
    // What ended meanwhile is on no desk.
    const over = new Set(facts.filter(({ kind }) => kind === 'ended').map(({ callId }) => callId));
    const since = now() - ringsAtMostMs;
    const begun = facts.filter(
      (fact) =>
        fact.at >= since &&
        !over.has(fact.callId) &&
        (fact.kind === 'offered' || (fact.kind === 'dialed' && fact.consultFor === undefined)),
    );
    for (const callKey of new Set(begun.map((fact) => fact.callKey))) {
      contacts.prepare(reportOf(callKey, events)).card.then(
        (card) => {
          push.toUser(agentId, { kind: 'card', card: contacts.forAgent(card, agentId) });
        },
        (error: unknown) => {
          // It is made with the facts then.
          log.debug({ error, callKey }, 'no card yet');
        },
      );
    }
  };
