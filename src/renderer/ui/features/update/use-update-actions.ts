import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { applyUpdate, checkForUpdate } from './update-orders.ts';

/** Listed where there is somewhere to ask. */
export const useUpdateActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const state = useDesk(({ update }) => update?.state ?? 'off');
  if (state === 'off') return [];
  const isReady = state === 'ready';
  return [
    {
      id: 'update',
      group: 'go',
      label: t(isReady ? 'updates.apply' : 'updates.check'),
      chord: null,
      possible: state !== 'checking' && state !== 'downloading',
      run: () => void (isReady ? applyUpdate() : checkForUpdate()),
    },
  ];
};
