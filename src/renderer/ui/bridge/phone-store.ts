import { create } from 'zustand';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';
import { keepEqual } from './keep-equal.ts';

type PhoneMirror = { readonly phone: PhoneSnapshot | null };

/** The phone as its engine last told it; null until the first answer. */
export const usePhoneStore = create<PhoneMirror>(() => ({ phone: null }));

/**
 * Takes a snapshot in, unless it is older than what is here. Revisions count within one engine process: an event from
 * another engine is newer, while an answer may have been overtaken by that engine's first event.
 */
export const mirrorPhone = (next: PhoneSnapshot, from: 'event' | 'answer'): void => {
  const { phone } = usePhoneStore.getState();
  if (phone !== null) {
    if (phone.engineId === next.engineId && next.revision <= phone.revision) return;
    if (phone.engineId !== next.engineId && from === 'answer') return;
  }
  usePhoneStore.setState({ phone: keepEqual(phone, next) });
};

export const usePhone = <Part>(select: (phone: PhoneSnapshot | null) => Part): Part =>
  usePhoneStore(({ phone }) => select(phone));
