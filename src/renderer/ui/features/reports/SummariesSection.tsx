import IconMailFast from '@tabler/icons-react/dist/esm/icons/IconMailFast.mjs';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Tag } from '../../components/Tag.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { NotHere } from './NotHere.tsx';
import styles from './Reports.module.css';
import { useAsked } from '../../state/use-asked.ts';

/** What the backend wrote or sent by itself, and what it could not. */
export const SummariesSection = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const [asked, again] = useAsked('', () => ask('reports.summaries', null));
  if (asked.state !== 'here') {
    return <NotHere state={asked.state === 'loading' ? 'loading' : 'away'} onRetry={again} />;
  }
  const { summaries } = asked.value;
  if (summaries.length === 0) {
    return (
      <EmptyState
        icon={<IconMailFast size={32} stroke={1.5} />}
        title={t('reports.summaries.none')}
        text={t('reports.summaries.about')}
      />
    );
  }
  const title = t('reports.sections.summaries');
  return (
    <section className={styles['part']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      <p className={styles['about']}>{t('reports.summaries.about')}</p>
      <ul className={styles['contacts']}>
        {summaries.map(({ name, period, dueAt, doneAt, wentTo, problem }) => (
          <li key={`${name} ${period}`}>
            <div className={styles['contact']}>
              <span className={styles['who']}>
                <strong>{name}</strong>
                <span>
                  {[
                    t('reports.summaries.from', { day: period }),
                    dateTimeText(doneAt ?? dueAt, locale),
                    wentTo.join(', '),
                    problem,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <Tag tone={doneAt !== null ? 'ready' : problem === '' ? 'not-ready' : 'wrap-up'}>
                {t(
                  doneAt !== null
                    ? 'reports.summaries.done'
                    : problem === ''
                      ? 'reports.summaries.due'
                      : 'reports.summaries.failed',
                )}
              </Tag>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
