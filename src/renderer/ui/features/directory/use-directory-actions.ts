import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { show } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** The page of the own directory, for administrators. */
export const useDirectoryActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const isAdministrator = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role === 'administrator',
  );
  if (!isAdministrator) return [];
  return [
    {
      id: 'own-directory',
      group: 'go',
      label: t('ownDirectory.title'),
      chord: null,
      possible: true,
      run: () => {
        show({ kind: 'own_directory' });
      },
    },
  ];
};
