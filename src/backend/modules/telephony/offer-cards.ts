import type { User } from '../../../shared/api/records.ts';
import type { Log } from '../../log.ts';
import type { PbxEvent } from '../../pbx/pbx.ts';
import type { Extensions } from '../accounts/extensions.ts';
import type { ContactRow } from '../contacts/card.ts';
import type { Contacts, Preparation } from '../contacts/contact-service.ts';
import type { CallReport } from '../contacts/ensure-contacts.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { Latency } from './latency.ts';

export type EventOf<Kind extends PbxEvent['kind']> = Extract<PbxEvent, { readonly kind: Kind }>;
export type LegBegan = EventOf<'leg_offered' | 'outbound_dialed'>;

/** What the PBX says of a call, as the contact is made from it. */
export const reportOf = (event: LegBegan | EventOf<'queue_entered'>): CallReport => {
  const base = { callKey: event.callKey, origin: 'pbx', at: event.at } as const;
  if (event.kind === 'outbound_dialed') {
    const remote = { remoteNumber: event.number, remoteName: '' };
    return { ...base, ...remote, direction: 'outbound', queue: null, queued: false };
  }
  const { queue, remoteNumber, remoteName, kind } = event;
  const queued = kind === 'queue_entered';
  return { ...base, direction: 'inbound', queue, remoteNumber, remoteName, queued };
};

/** A leg that began, and what the agent's desk has been shown of it. */
export type OfferCard = {
  /** Whether the card that was sent is of this contact as it is. */
  readonly isShown: (contact: Pick<ContactRow, 'id' | 'revision'>) => boolean;
  /** Set when the card was not ready and had to be begun. */
  readonly preparation: Preparation | null;
  /** Sends the card as it is now. */
  readonly showAgain: (user: User) => Promise<void>;
};

type Needs = {
  readonly extensions: Extensions;
  readonly contacts: Contacts;
  readonly push: PushHub;
  readonly offerToPush: Latency;
  readonly log: Log;
};

/** The way of a ringing call: the card leaves for the desk before anything is written; at once, where it is ready. */
export const createOfferCards = (needs: Needs) => {
  const { extensions, contacts, push, offerToPush, log } = needs;
  return {
    show: (event: LegBegan): OfferCard => {
      const receivedAtMs = performance.now();
      const { callKey, extension } = event;
      const known = extensions.known(extension);
      const ready = contacts.prepared(callKey);
      const preparation = ready === undefined ? contacts.prepare(reportOf(event)) : null;
      let shown: NonNullable<typeof ready> | null = null;
      const send = (user: User, card: NonNullable<typeof ready>): void => {
        push.toUser(user.id, { kind: 'card', card: contacts.forAgent(card, user.id) });
        if (shown === null) offerToPush.add(performance.now() - receivedAtMs);
        shown = card;
      };
      if (known !== undefined) {
        if (ready !== undefined) send(known, ready);
        preparation?.card.then(
          (card) => {
            send(known, card);
          },
          (error: unknown) => {
            // It fails for whoever waits for it to be written as well, and is tried again there.
            log.debug({ error, callKey }, 'no card yet');
          },
        );
      }
      return {
        isShown: ({ id, revision }) => shown?.contactId === id && shown.revision === revision,
        preparation,
        showAgain: async (user) => {
          const card = await contacts.card(callKey);
          if (card !== null) send(user, card);
        },
      };
    },
  };
};
