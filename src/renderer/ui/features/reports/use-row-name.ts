import { useTranslation } from 'react-i18next';
import type { ReportSubject } from '../../../../shared/domain/reporting/figures.ts';
import { useCodeText, useQueueText } from '../../state/use-contact-text.ts';

/** What a line of a report is called on this desk: in its language, where the desk knows the word. */
export const useRowName = (): ((by: ReportSubject, key: string, name: string) => string) => {
  const { t } = useTranslation();
  const queueText = useQueueText();
  const codeText = useCodeText();
  return (by, key, name) => {
    if (by === 'total') return t('reports.subjects.total');
    if (key === '') return t(`reports.without.${by}`);
    const known = by === 'queue' ? queueText(key) : by === 'code' ? codeText(key) : null;
    return known === null || known === key ? name || key : known;
  };
};
