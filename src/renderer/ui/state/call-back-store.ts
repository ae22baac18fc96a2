import { create } from 'zustand';
import type { CallBackView } from '../../../shared/api/call-backs.ts';
import type { Contact, Customer, CustomerSummary } from '../../../shared/api/records.ts';
import type { CallBackKind } from '../../../shared/domain/call-back/call-back.ts';
import { useDeskStore } from '../bridge/desk-store.ts';
import { firstText } from '../i18n/formats.ts';
import { useMissed, type Missed } from './missed-store.ts';
import { ask, order, orderPhone } from './orders.ts';
import { useView } from './view-store.ts';
import type { Work } from './work.ts';

/** Whom a call-back is promised to, as far as the desk knows. */
export type CallBackAbout = {
  readonly name: string;
  /** The caller's first. */
  readonly numbers: readonly string[];
  readonly queue: string | null;
  readonly contactId: string | null;
  readonly customer: Pick<CustomerSummary, 'id' | 'city' | 'country'> | null;
};

/** What was typed; kept until it was saved, however often the form is closed. */
export type CallBackDraft = {
  readonly callBackId: string;
  readonly kind: CallBackKind;
  readonly number: string;
  readonly note: string;
  readonly dueAt: number | null;
  readonly forQueue: boolean;
};

type Dialog =
  | { readonly kind: 'schedule'; readonly about: CallBackAbout }
  | { readonly kind: 'change' | 'give'; readonly callBack: CallBackView };

type Kept = {
  readonly dialog: Dialog | null;
  readonly draft: { readonly key: string; readonly draft: CallBackDraft } | null;
};

export const useCallBackDialog = create<Kept>(() => ({ dialog: null, draft: null }));

export const closeCallBack = (): void => {
  useCallBackDialog.setState({ dialog: null });
};

const keyOf = ({ contactId, customer, numbers }: CallBackAbout): string =>
  contactId ?? customer?.id ?? numbers[0] ?? '';

export const draftOf = (about: CallBackAbout): CallBackDraft | null => {
  const { draft } = useCallBackDialog.getState();
  return draft?.key === keyOf(about) ? draft.draft : null;
};

export const keepDraft = (about: CallBackAbout, draft: CallBackDraft | null): void => {
  useCallBackDialog.setState({ draft: draft === null ? null : { key: keyOf(about), draft } });
};

/** Somebody else works here from now on. */
export const forgetCallBacks = (): void => {
  useCallBackDialog.setState({ dialog: null, draft: null });
};

const nobody: CallBackAbout = {
  ...{ name: '', numbers: [], queue: null, contactId: null, customer: null },
};

const withNumbers = (first: string, more: readonly string[]): readonly string[] =>
  [...new Set([first, ...more])].filter((number) => /\d/u.test(number));

const aboutWork = ({ card, remote, queue }: Work): CallBackAbout => {
  const match = card?.match;
  const customer = match !== undefined && 'customer' in match ? match.customer : null;
  return {
    name: firstText(customer?.name, card?.remoteName, remote.name),
    numbers: withNumbers(firstText(card?.remoteNumber, remote.number), customer?.numbers ?? []),
    queue: card?.queue ?? queue,
    contactId: card?.contactId ?? null,
    customer,
  };
};

export const aboutCustomer = (customer: Customer): CallBackAbout => ({
  ...{ ...nobody, name: customer.name, numbers: customer.numbers, customer },
});

export const aboutContact = ({ card }: Contact): CallBackAbout => {
  const customer = 'customer' in card.match ? card.match.customer : null;
  return {
    name: firstText(customer?.name, card.remoteName),
    numbers: withNumbers(card.remoteNumber, customer?.numbers ?? []),
    ...{ queue: card.queue, contactId: card.contactId, customer },
  };
};

export const scheduleCallBack = (about: CallBackAbout): void => {
  useCallBackDialog.setState({ dialog: { kind: 'schedule', about } });
};

export const editCallBack = (callBack: CallBackView, kind: 'change' | 'give' = 'change'): void => {
  useCallBackDialog.setState({ dialog: { kind, callBack } });
};

export const aboutMissed = (latest: Missed): CallBackAbout => {
  const told = useDeskStore.getState().desk?.missed ?? [];
  const miss = told.find(({ callKey }) => callKey === latest.callKey);
  return {
    ...nobody,
    name: latest.name,
    numbers: withNumbers(latest.number, []),
    ...{ queue: miss?.queue ?? null, contactId: miss?.contactId ?? null },
  };
};

/** About whoever the desk shows: the call, an open contact, a customer that was looked up, who was missed last. */
export const scheduleForShown = async (centre: Work | null): Promise<void> => {
  const { place, openCustomerId } = useView.getState();
  // A line of the history has the focus.
  const row = document.activeElement?.closest<HTMLElement>('[data-contact-id]');
  const contactId = place.kind === 'contact' ? place.contactId : row?.dataset['contactId'];
  if (contactId !== undefined) {
    const contact = await ask('contacts.open', { contactId });
    scheduleCallBack(contact.ok ? aboutContact(contact.value) : nobody);
    return;
  }
  if (centre !== null) {
    scheduleCallBack(aboutWork(centre));
    return;
  }
  if (openCustomerId !== null) {
    const customer = await ask('customers.open', { customerId: openCustomerId });
    scheduleCallBack(customer.ok ? aboutCustomer(customer.value) : nobody);
    return;
  }
  const missed = useMissed.getState().missed[0];
  scheduleCallBack(missed === undefined ? nobody : aboutMissed(missed));
};

/** Calls for it: the call follows the rules of its queue, and what comes of it is kept there. */
export const dialCallBack = ({ id, number, queue }: CallBackView): Promise<string | null> =>
  orderPhone({ kind: 'dial', number, callBack: { id, queue } });

/** Takes what a queue offers, and calls. */
export const takeOffered = async (callBack: CallBackView): Promise<void> => {
  const answer = await order('callBacks.act', { callBackId: callBack.id, deed: 'take' });
  if (answer.ok) await dialCallBack(answer.value);
};

/** The same words, another time. */
export const postponeCallBack = async (callBack: CallBackView, dueAt: number): Promise<boolean> => {
  const { id: callBackId, note, revision } = callBack;
  return (await order('callBacks.change', { callBackId, number: '', note, dueAt, revision })).ok;
};
