import type { ContactCard } from '../../../../shared/api/records.ts';
import type { ConsentFactKind, ConsentState } from '../../../../shared/domain/consent/consent.ts';

export type ConsentView = {
  readonly state: ConsentState;
  /** True while the backend has not confirmed what the agent recorded here. */
  readonly unconfirmed: boolean;
};

/** What the strip says: the backend's word, or the agent's own newer one while that is on its way. */
export const consentView = (
  card: Pick<ContactCard, 'consent'> | null,
  own: ConsentFactKind | null,
): ConsentView => {
  const known = card?.consent.state ?? 'not_asked';
  if (own === null || own === known) return { state: known, unconfirmed: false };
  // Asking again takes no answer back.
  if (own === 'asked' && known !== 'not_asked') return { state: known, unconfirmed: false };
  return { state: own, unconfirmed: true };
};

/** What may be recorded next, in the order of the buttons. */
export const nextConsentFacts = (state: ConsentState): readonly ConsentFactKind[] => {
  switch (state) {
    case 'not_asked':
      return ['asked'];
    case 'asked':
      return ['granted', 'refused'];
    case 'granted':
      return ['withdrawn'];
    case 'refused':
    case 'withdrawn':
      return ['granted'];
  }
};
