import type { ElsewherePerson } from '../../../../shared/api/elsewhere.ts';
import { i18n } from '../../i18n/i18n.ts';
import { announce } from '../../state/announcement-store.ts';
import { order } from '../../state/orders.ts';

/** Says who the caller is in another system; what is known there follows by itself. */
export const confirmElsewhere = async (
  contactId: string,
  connectionId: string,
  { type, id, name }: ElsewherePerson,
): Promise<void> => {
  const answer = await order('elsewhere.confirm', { contactId, connectionId, type, id });
  if (answer.ok) announce(i18n.t('match.linked', { name }));
};

/** Opens a page of another system beside the desk. */
export const openElsewhere = (url: string): void => void order('elsewhere.open', { url });
