import { useTranslation } from 'react-i18next';
import type { FigureName, ReportView } from '../../../../shared/domain/reporting/figures.ts';
import { figureHow, figureName } from './report-words.ts';
import styles from './Reports.module.css';

/** What every figure above means, to be read on paper as well. */
export const Definitions = ({
  figures,
  view,
}: {
  readonly figures: readonly FigureName[];
  readonly view: ReportView;
}) => {
  const { t } = useTranslation();
  return (
    <section className={styles['part']} aria-label={t('reports.definitions')}>
      <h2 className={styles['heading']}>{t('reports.definitions')}</h2>
      <dl className={styles['definitions']}>
        {figures.map((figure) => (
          <div key={figure}>
            <dt>{figureName(figure, t)}</dt>
            <dd>{figureHow(figure, view, t)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
