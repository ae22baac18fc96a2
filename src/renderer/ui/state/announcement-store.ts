import { create } from 'zustand';

/** What screen readers are told. `urgent` interrupts: only a call that rings may. */
type Announcements = { readonly polite: string; readonly urgent: string };

export const useAnnouncements = create<Announcements>(() => ({ polite: '', urgent: '' }));

export const announce = (text: string, urgency: 'polite' | 'urgent' = 'polite'): void => {
  useAnnouncements.setState(urgency === 'urgent' ? { urgent: text } : { polite: text });
};
