import { useTranslation } from 'react-i18next';
import { show } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

export const showDiagnostics = (): void => {
  show({ kind: 'diagnostics' });
};

export const useDiagnosticsActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  return [
    {
      id: 'diagnostics',
      group: 'go',
      label: t('diagnostics.title'),
      chord: null,
      possible: true,
      run: showDiagnostics,
    },
  ];
};
