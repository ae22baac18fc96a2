import { useTranslation } from 'react-i18next';
import { chords } from '../../state/chords.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { answerOffer, useOfferedDevice } from './device-offer.ts';
import { playRing } from './ring-test.ts';

export const useDeviceActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const offered = useOfferedDevice();
  return [
    {
      id: 'use-device',
      group: 'call',
      label: t('devices.useBetter'),
      chord: chords.useDevice,
      possible: offered !== null,
      run: () => {
        answerOffer(true);
      },
    },
    {
      id: 'ring-test',
      group: 'agent',
      label: t('devices.ring.play'),
      chord: null,
      possible: true,
      run: playRing,
    },
  ];
};
