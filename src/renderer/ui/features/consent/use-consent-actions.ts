import { useTranslation } from 'react-i18next';
import { chords } from '../../state/chords.ts';
import { useCapabilities } from '../../state/use-capabilities.ts';
import type { Work } from '../../state/work.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { choiceChords, useConsent } from './use-consent.ts';

const keys = [
  { name: 'asked', chord: chords.askConsent },
  { name: 'granted', chord: chords.consentGranted },
  { name: 'refused', chord: chords.consentRefused },
  { name: 'keep', chord: chords.keepConsent },
] as const;

/** The keys of consent; what each does in this moment is what the strip's button with that key says. */
export const useConsentActions = (centre: Work | null): ListedAction[] => {
  const { t } = useTranslation();
  const { choices, choose } = useConsent(centre);
  const { recording, recordingByService = false } = useCapabilities();
  // Where nothing can be recorded nobody is asked, and no key is listed for it.
  return (recording || recordingByService ? keys : []).map(({ name, chord }) => {
    const choice = choices.find((each) => choiceChords[each.name] === chord);
    return {
      id: `consent-${name}`,
      group: 'consent',
      label: t(`consent.button.${choice?.name ?? name}`),
      chord,
      possible: choice !== undefined,
      run: () => {
        if (choice !== undefined) choose(choice);
      },
    };
  });
};
