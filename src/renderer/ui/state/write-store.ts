import { create } from 'zustand';
import type { ElsewhereSource } from '../../../shared/api/elsewhere.ts';
import type { Contact } from '../../../shared/api/records.ts';
import { useDeskStore } from '../bridge/desk-store.ts';
import { firstText } from '../i18n/formats.ts';
import { currentDraftText } from './draft-store.ts';
import type { WriteKind } from './kept-writing.ts';
import { ask } from './orders.ts';
import { useView } from './view-store.ts';
import type { Work } from './work.ts';

/** What an agent writes in another system by hand. */
export const writeKinds = ['ticket', 'note', 'escalation'] as const satisfies readonly WriteKind[];

/** The contact that it is about, as far as the desk knows. */
export type WriteAbout = {
  readonly contactId: string;
  readonly name: string;
  readonly direction: 'inbound' | 'outbound';
  /** Of the wrap-up, where one is chosen. */
  readonly code: string | null;
  readonly notes: string;
  readonly sources: readonly ElsewhereSource[];
  /** The tickets of the caller are asked for; a moment later they are in `sources`. */
  readonly isLooking?: true;
};

type Kept = {
  readonly dialog: { readonly kind: WriteKind; readonly about: WriteAbout } | null;
  /** Rises with everything that is written or tried again: lists of it are old by then. */
  readonly written: number;
};

const nothing: Kept = { dialog: null, written: 0 };

export const useWriting = create<Kept>(() => nothing);

export const closeWriting = (): void => {
  useWriting.setState({ dialog: null });
};

/** Somebody else works here from now on. */
export const forgetWriting = (): void => {
  useWriting.setState(nothing);
};

export const wrote = (): void => {
  useWriting.setState(({ written }) => ({ written: written + 1 }));
};

/** null: there is no contact yet. */
export const aboutWorkHere = (work: Work): WriteAbout | null => {
  const { card, remote, callKey, direction } = work;
  if (card === null) return null;
  const customer = 'customer' in card.match ? card.match.customer : null;
  const { codes, notes } = currentDraftText(work);
  const known = useDeskStore.getState().desk?.elsewhere ?? [];
  return {
    contactId: card.contactId,
    name: firstText(customer?.name, card.remoteName, remote.name, card.displayNumber),
    direction,
    code: codes[0] ?? null,
    notes,
    sources: known.find((each) => each.callKey === callKey)?.sources ?? [],
  };
};

export const aboutPastContact = ({ card, legs }: Contact): WriteAbout => {
  const customer = 'customer' in card.match ? card.match.customer : null;
  const leg = legs.findLast(({ notes }) => notes !== '') ?? legs.at(-1);
  return {
    contactId: card.contactId,
    name: firstText(customer?.name, card.remoteName, card.displayNumber),
    direction: card.direction,
    code: leg?.code ?? null,
    notes: leg?.notes ?? '',
    sources: [],
  };
};

export const openWriting = (kind: WriteKind, about: WriteAbout): void => {
  useWriting.setState({ dialog: { kind, about } });
};

/** Of a contact that is over nobody keeps the tickets: a note to one asks for them. */
export const openWritingOfPast = async (kind: WriteKind, contact: Contact): Promise<void> => {
  const about = aboutPastContact(contact);
  if (kind !== 'note') {
    openWriting(kind, about);
    return;
  }
  openWriting(kind, { ...about, isLooking: true });
  const { contactId } = about;
  const answer = await ask('elsewhere.again', { contactId });
  const { dialog } = useWriting.getState();
  if (dialog?.about.contactId !== contactId || dialog.kind !== kind) return;
  openWriting(kind, { ...about, sources: answer.ok ? answer.value.sources : [] });
};

/** About the contact that is open, else about the call at hand. */
export const writeForShown = async (kind: WriteKind, centre: Work | null): Promise<void> => {
  const { place } = useView.getState();
  if (place.kind === 'contact') {
    const contact = await ask('contacts.open', { contactId: place.contactId });
    if (contact.ok) await openWritingOfPast(kind, contact.value);
    return;
  }
  const about = centre === null ? null : aboutWorkHere(centre);
  if (about !== null) openWriting(kind, about);
};
