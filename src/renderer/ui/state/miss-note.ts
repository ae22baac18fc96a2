import { create } from 'zustand';
import { useHistory } from './history-store.ts';
import { order } from './orders.ts';

type Place = 'notice' | 'history';

/** The miss whose note is being written; null: none. */
export const useMissNote = create<{
  readonly open: { readonly missedId: string; readonly place: Place } | null;
}>(() => ({ open: null }));

export const openMissNote = (missedId: string, place: Place): void => {
  useMissNote.setState({ open: { missedId, place } });
};

export const closeMissNote = (): void => {
  useMissNote.setState({ open: null });
};

/** False: it was not kept, and the agent was told. */
export const saveMissNote = async (missedId: string, note: string): Promise<boolean> => {
  const answer = await order('missed.note', { missedId, note });
  if (!answer.ok) return false;
  useHistory.setState(({ contacts }) => ({
    contacts: contacts.map((contact) =>
      contact.miss?.id === missedId ? { ...contact, miss: { ...contact.miss, note } } : contact,
    ),
  }));
  return true;
};
