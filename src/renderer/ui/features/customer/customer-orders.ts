import { i18n } from '../../i18n/i18n.ts';
import { announce } from '../../state/announcement-store.ts';
import { order } from '../../state/orders.ts';

/** Says who the caller is; the card follows by itself. */
export const linkCustomer = async (
  contactId: string,
  customerId: string,
  name: string,
): Promise<void> => {
  const answer = await order('customers.link', { contactId, customerId });
  if (answer.ok) announce(i18n.t('match.linked', { name }));
};
