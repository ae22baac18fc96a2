import { useTranslation } from 'react-i18next';
import { offeredEmergencyNumber } from '../../../../shared/domain/phone-number/emergency-numbers.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { dialNumber } from '../../state/call-back.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { showPlace } from './place-field.ts';

/** Help can be called from everywhere: in a wrap-up, not ready, beside another call. */
export const useEmergencyActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const country = useDesk(({ session }) =>
    session.state === 'signed_in' ? session.country : null,
  );
  const isAsked = useDesk(({ emergencyPlace = null }) => emergencyPlace !== null);
  if (country === null) return [];
  const number = offeredEmergencyNumber(country);
  return [
    {
      id: 'emergency-call',
      group: 'call',
      label: t('emergency.call', { number }),
      chord: null,
      possible: true,
      run: () => void dialNumber(number),
    },
    ...(isAsked
      ? [
          {
            id: 'emergency-place',
            group: 'go' as const,
            label: t('emergency.where'),
            chord: null,
            possible: true,
            run: showPlace,
          },
        ]
      : []),
  ];
};
