import { create } from 'zustand';
import { show, useView } from './view-store.ts';

/** What a supervisor is about to write about a contact. */
export type CoachingWork = {
  readonly contactId: string;
  readonly what: 'note' | 'score';
  /** null: whoever spoke with the customer. */
  readonly agentId: string | null;
};

type Kept = {
  /** Opened by a key or button, and begun as soon as the contact's page is there. */
  readonly wanted: CoachingWork | null;
};

export const useCoachingWork = create<Kept>(() => ({ wanted: null }));

/** On the contact's page, which is opened where another one is. */
export const beginCoaching = (wanted: CoachingWork): void => {
  useCoachingWork.setState({ wanted });
  const { place } = useView.getState();
  if (place.kind === 'contact' && place.contactId === wanted.contactId) return;
  show({
    kind: 'contact',
    contactId: wanted.contactId,
    ...(place.kind === 'floor' || place.kind === 'history' || place.kind === 'quality'
      ? { from: place.kind }
      : {}),
  });
};

/** It was written, given up, or its page was left. */
export const coachingDone = (contactId: string): void => {
  if (useCoachingWork.getState().wanted?.contactId === contactId) {
    useCoachingWork.setState({ wanted: null });
  }
};
