import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { show } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** The page of connections, for administrators. */
export const useConnectionsActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const isAdministrator = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role === 'administrator',
  );
  if (!isAdministrator) return [];
  return [
    {
      id: 'connections',
      group: 'go',
      label: t('connections.title'),
      chord: null,
      possible: true,
      run: () => {
        show({ kind: 'connections' });
      },
    },
  ];
};
