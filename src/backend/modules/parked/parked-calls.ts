import type { ParkedCall } from '../../../shared/api/records.ts';
import type { Log } from '../../log.ts';
import type { PbxEvent } from '../../pbx/pbx.ts';
import type { Extensions } from '../accounts/extensions.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { PushHub } from '../push/push-hub.ts';

/**
 * Customers who are parked at this moment, for every desk. The PBX tells of each anew after a restart of the backend, so
 * they need no table.
 */
export type ParkedCalls = {
  readonly take: (event: PbxEvent) => void;
  /** The longest wait first. */
  readonly list: () => ParkedCall[];
};

type Needs = {
  readonly contacts: Pick<Contacts, 'card'>;
  readonly extensions: Extensions;
  readonly push: PushHub;
  readonly log: Log;
};

type Parked = Extract<PbxEvent, { readonly kind: 'parked' }>;

export const createParkedCalls = ({ contacts, extensions, push, log }: Needs): ParkedCalls => {
  const calls = new Map<string, ParkedCall>();

  const list = (): ParkedCall[] => [...calls.values()].sort((a, b) => a.since - b.since);
  const tell = (): void => push.toEverybody({ kind: 'parked', parked: list() });

  /** Who it is, from the same record as the card. */
  const describe = async ({ callKey, slot, extension, since }: Parked): Promise<ParkedCall> => {
    const [card, parker] = await Promise.all([
      contacts.card(callKey),
      extension === null ? null : extensions.find(extension),
    ]);
    const match = card?.match;
    const isKnown = match?.kind === 'exact' || match?.kind === 'confirmed';
    return {
      callKey,
      slot,
      queue: card?.queue ?? null,
      name: isKnown ? match.customer.name : (card?.remoteName ?? ''),
      number: card?.displayNumber ?? '',
      parkedBy: parker?.name ?? null,
      since,
    };
  };

  const park = (event: Parked): void => {
    const { callKey, slot, since } = event;
    const known = calls.get(callKey);
    const bare =
      known?.slot === slot
        ? { ...known }
        : { callKey, slot, queue: null, name: '', number: '', parkedBy: null, since };
    calls.set(callKey, bare);
    describe(event)
      .then((described) => {
        // Picked up, or parked anew, while the record was read.
        if (calls.get(callKey) === bare) calls.set(callKey, described);
      })
      .catch((error: unknown) => {
        log.warn({ error, callKey }, 'who is parked could not be read');
      })
      .finally(tell);
  };

  return {
    list,
    take: (event) => {
      if (event.kind === 'parked') park(event);
      else if (event.kind === 'unparked' || event.kind === 'call_ended') {
        if (calls.delete(event.callKey)) tell();
      }
    },
  };
};
