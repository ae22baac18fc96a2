import type { Work } from './work.ts';

const isColleague = (number: string): boolean => /^\d{2,8}$/u.test(number);

/**
 * Whether a colleague is at the other end and asks about somebody else's customer: an extension calls with a call whose
 * card is of another number, which is no colleague's. Once the customer is handed over, the far side is the customer.
 */
export const asksAboutCustomer = ({ direction, card, remote }: Work): boolean =>
  direction === 'inbound' &&
  card !== null &&
  isColleague(remote.number) &&
  // Of a colleague's own call the card names whom it was for.
  !isColleague(card.remoteNumber);
