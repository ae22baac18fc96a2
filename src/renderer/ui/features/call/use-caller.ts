import { useTranslation } from 'react-i18next';
import type { Customer, Ticket } from '../../../../shared/api/records.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { firstText } from '../../i18n/formats.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import { useNumberText } from '../../state/use-number-text.ts';
import { asksAboutCustomer } from '../../state/colleague.ts';
import { useRemoteName } from '../../state/use-target-text.ts';
import type { Work } from '../../state/work.ts';

export type Caller = {
  /** The customer's name, else what the caller calls itself, else its number, else that it has none. */
  readonly name: string;
  /** Formatted for people; empty where the caller hides it or where it is the name already. */
  readonly number: string;
  readonly customer: Customer | null;
  /** Why they probably call: the most pressing open ticket. */
  readonly ticket: Ticket | null;
  readonly queue: string | null;
  /** The customer's name, where the caller is a colleague who asks about them. */
  readonly asksAbout: string | null;
};

const rank = { high: 0, normal: 1, low: 2 } as const;

const pressing = (tickets: readonly Ticket[]): Ticket | null =>
  tickets
    .filter((ticket) => ticket.status !== 'solved')
    .toSorted((a, b) => rank[a.priority] - rank[b.priority] || b.openedAt - a.openedAt)[0] ?? null;

/** Who is at the other end, as well as it is known. */
export const useCaller = (work: Work): Caller => {
  const { t } = useTranslation();
  const label = useLabel();
  const numberText = useNumberText();
  const remoteName = useRemoteName();
  const queues = useDesk((desk) =>
    desk.session.state === 'signed_in' ? desk.session.queues : null,
  );
  const match = work.card?.match;
  const customer = match?.kind === 'exact' || match?.kind === 'confirmed' ? match.customer : null;
  const ticket = customer === null ? null : pressing(customer.tickets);
  const known = queues?.find((found) => found.name === work.queue);
  const queue = work.queue === null ? null : known === undefined ? work.queue : label(known.label);
  const ownNumber = numberText(work.remote.number);
  const cardNumber = firstText(work.card?.displayNumber, ownNumber);
  const cardName = firstText(
    customer?.name,
    work.card?.remoteName,
    asksAboutCustomer(work) ? null : work.remote.name,
    cardNumber,
    t('call.anonymous'),
  );
  if (!asksAboutCustomer(work) && work.consultFor === null) {
    const number = cardName === cardNumber ? '' : cardNumber;
    return { name: cardName, number, customer, ticket, queue, asksAbout: null };
  }
  const name = remoteName(work.remote);
  const number = name === ownNumber ? '' : ownNumber;
  const asksAbout = work.consultFor === null ? cardName : null;
  return { name, number, customer, ticket, queue, asksAbout };
};
