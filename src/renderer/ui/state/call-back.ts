import type { ContactSummary } from '../../../shared/api/records.ts';
import { i18n } from '../i18n/i18n.ts';
import { useMissed } from './missed-store.ts';
import { giveNotice } from './notice-store.ts';
import { ask, order, orderPhone } from './orders.ts';

/** Dialling somebody again: who called, who was missed, who was dialled last. */

export const dialNumber = (number: string): Promise<string | null> =>
  orderPhone({ kind: 'dial', number: number.trim().slice(0, 64) });

/** Calls the other side of a past contact. */
export const callBackContact = async ({ number = '' }: ContactSummary): Promise<void> => {
  if (/\d/u.test(number)) await dialNumber(number);
  else giveNotice({ tone: 'error', text: i18n.t('recent.noNumber'), detail: null });
};

/** Calls whoever was missed last, else whoever was on the line last. */
export const callBackLatest = async (): Promise<void> => {
  const missed = useMissed.getState().missed[0];
  if (missed !== undefined) {
    await dialNumber(missed.number);
    return;
  }
  const recent = await order('contacts.recent', null);
  const latest = recent.ok ? recent.value[0] : undefined;
  if (latest !== undefined) await callBackContact(latest);
};

/** The number dialled last, here or before this window opened; null: there is none. */
export const lastDialed = async (): Promise<string | null> => {
  const { dialed } = useMissed.getState();
  if (dialed !== null) return dialed;
  const recent = await ask('contacts.recent', null);
  const latest = recent.ok
    ? recent.value.find((contact) => contact.direction === 'outbound')
    : undefined;
  return latest?.number ?? null;
};
