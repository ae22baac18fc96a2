import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { chords } from '../../state/chords.ts';
import { heardLeg } from '../../state/legs.ts';
import type { Work } from '../../state/work.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import {
  microphoneName,
  processingOf,
  stepVolume,
  tellLoud,
  toggleSuppression,
  volumeOf,
} from './sound-orders.ts';

/** For the call that is heard: louder, quieter, too loud; and the strong noise suppression. */
export const useSoundActions = (
  works: readonly Work[],
  centre: Work | null,
): readonly ListedAction[] => {
  const { t, i18n } = useTranslation();
  const settings = useDesk((desk) => desk.settings);
  const microphone = usePhone(microphoneName);
  const call = centre === null ? null : (heardLeg(works, centre)?.call ?? null);
  const callId = call?.state === 'connected' ? call.callId : null;
  const volume = usePhone((phone) => (callId === null ? 0 : volumeOf(phone, callId)));
  const step = (way: 'louder' | 'quieter') => (): void => {
    if (callId !== null) void stepVolume(callId, volume, way, t, i18n.language);
  };
  const isStrong = processingOf(settings, microphone).strongSuppression;
  return [
    {
      id: 'quieter',
      group: 'call',
      label: t('sound.quieter'),
      chord: chords.quieter,
      possible: callId !== null,
      run: step('quieter'),
    },
    {
      id: 'louder',
      group: 'call',
      label: t('sound.louder'),
      chord: chords.louder,
      possible: callId !== null,
      run: step('louder'),
    },
    {
      id: 'was-loud',
      group: 'call',
      label: t('sound.wasLoud'),
      chord: chords.wasLoud,
      possible: callId !== null,
      run: () => {
        if (callId !== null) void tellLoud(callId, t);
      },
    },
    {
      id: 'strong-suppression',
      group: 'call',
      label: t(isStrong ? 'sound.endSuppression' : 'sound.beginSuppression'),
      chord: chords.strongSuppression,
      possible: microphone !== null,
      run: () => {
        if (microphone !== null) toggleSuppression(settings, microphone, t);
      },
    },
  ];
};
