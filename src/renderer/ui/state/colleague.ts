import type { Work } from './work.ts';

/**
 * Whether a colleague is at the other end and asks about somebody else's customer: an extension calls with a call whose
 * card is of another number. Once the customer is handed over, the far side is the customer.
 */
export const asksAboutCustomer = ({ direction, card, remote }: Work): boolean =>
  direction === 'inbound' &&
  card !== null &&
  /^\d{2,8}$/u.test(remote.number) &&
  card.remoteNumber !== remote.number;
