import type { StandingChoice } from '../../../../shared/api/consent.ts';
import type { ConsentState } from '../../../../shared/domain/consent/consent.ts';
import { enoughFor, type Enough } from '../../../../shared/domain/consent/enough.ts';
import type { Chord } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { useIsEmergency } from '../../state/use-emergency.ts';
import type { Work } from '../../state/work.ts';
import { useOwnConsent, recordConsent } from './consent-orders.ts';
import { consentChoices, consentView, type ConsentChoice } from './consent-view.ts';
import { useWording, type WordingToRead } from './use-wording.ts';

export const choiceChords: Readonly<Record<ConsentChoice['name'], Chord>> = {
  asked: chords.askConsent,
  read: chords.askConsent,
  granted: chords.consentGranted,
  told: chords.consentGranted,
  stands: chords.consentGranted,
  refused: chords.consentRefused,
  objected: chords.consentRefused,
  withdrawn: chords.consentRefused,
  keep: chords.keepConsent,
};

export type Consent = {
  readonly state: ConsentState;
  readonly unconfirmed: boolean;
  readonly enough: Enough;
  /** What the customer said for later calls, the last time. */
  readonly standing: StandingChoice | null;
  readonly wording: WordingToRead;
  /** None while nobody is spoken with. */
  readonly choices: readonly ConsentChoice[];
  readonly choose: (choice: ConsentChoice) => void;
};

/** Everything about the consent of a call that strip, keys and spotlight need. */
export const useConsent = (work: Work | null): Consent => {
  const callId = work?.callId ?? '';
  const isEmergency = useIsEmergency(work);
  const own = useOwnConsent(({ latest }) => latest[callId] ?? null);
  const card = work?.card ?? null;
  const { state, unconfirmed } = consentView(card, own?.kind ?? null);
  const { rule, policy, standing: isStanding = false } = card?.consent ?? {};
  const enough = enoughFor(rule?.need, policy);
  const wording = useWording(card, enough === 'notice' ? 'notice' : 'ask');
  const customer = card !== null && 'customer' in card.match ? card.match.customer : null;
  const standing = customer?.standing ?? null;
  const isKept = customer === null || isStanding || own?.standing === true;
  return {
    ...{ state, unconfirmed, enough, standing, wording },
    choices:
      work?.stage === 'live' && !isEmergency
        ? consentChoices({ state, enough, standing, isKept })
        : [],
    choose: ({ name, word }) => {
      const { language, version } = wording;
      const isOfWords = name !== 'keep' && name !== 'stands' && name !== 'withdrawn';
      const words = isOfWords && version !== null ? { language, wordingVersion: version } : {};
      void recordConsent(callId, { ...word, ...words });
    },
  };
};
