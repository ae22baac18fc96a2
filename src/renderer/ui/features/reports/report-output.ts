import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';
import { useReports } from '../../state/reports-store.ts';
import { i18n } from '../../i18n/i18n.ts';

const tell = (path: string): void => {
  giveNotice({ tone: 'info', text: i18n.t('reports.written', { path }), detail: null });
};

/** The figures, interval by interval and line by line, as a file for a spreadsheet. */
export const saveCsv = async (): Promise<void> => {
  const { sheet } = useReports.getState();
  if (sheet === null) return;
  const { from, to, by, interval, view } = sheet;
  const answer = await order('reports.csv', { from, to, by, interval, view });
  if (answer.ok && answer.value !== null) tell(answer.value);
};

const drawn = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** The page on paper, or as a file; paper is white, whatever the screen is. */
export const printReport = async (to: 'printer' | 'pdf'): Promise<void> => {
  const root = document.documentElement;
  const scheme = root.dataset['mantineColorScheme'];
  root.dataset['mantineColorScheme'] = 'light';
  try {
    await drawn();
    const answer = await order('reports.print', { to });
    if (answer.ok && answer.value !== null) tell(answer.value);
  } finally {
    if (scheme !== undefined) root.dataset['mantineColorScheme'] = scheme;
  }
};
