import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { chords } from '../../state/chords.ts';
import { show, useView } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** The page's own part is fetched with it. */
const loadOutput = () => import('./report-output.ts');

/** For those who may read reports: the page, and what it can be made into. */
export const useReportActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const mayRead = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const isOpen = useView(({ place }) => place.kind === 'reports');
  if (!mayRead) return [];
  return [
    {
      id: 'reports',
      group: 'go',
      label: t('reports.title'),
      chord: chords.reports,
      possible: true,
      run: () => {
        show({ kind: 'reports' });
      },
    },
    {
      id: 'reports-csv',
      group: 'go',
      label: t('reports.saveCsv'),
      chord: null,
      possible: isOpen,
      run: () => void loadOutput().then(({ saveCsv }) => saveCsv()),
    },
    {
      id: 'reports-pdf',
      group: 'go',
      label: t('reports.savePdf'),
      chord: null,
      possible: isOpen,
      run: () => void loadOutput().then(({ printReport }) => printReport('pdf')),
    },
    {
      id: 'reports-print',
      group: 'go',
      label: t('reports.printIt'),
      chord: null,
      possible: isOpen,
      run: () => void loadOutput().then(({ printReport }) => printReport('printer')),
    },
  ];
};
