import { useTranslation } from 'react-i18next';
import { usePhone } from '../../bridge/phone-store.ts';
import { show } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

export const showCheck = (): void => {
  show({ kind: 'check' });
};

export const useCheckActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const inCall = usePhone((phone) => phone?.calls.some(({ state }) => state !== 'ended') ?? false);
  return [
    {
      id: 'shift-check',
      group: 'go',
      label: t('check.title'),
      chord: null,
      possible: !inCall,
      run: showCheck,
    },
  ];
};
