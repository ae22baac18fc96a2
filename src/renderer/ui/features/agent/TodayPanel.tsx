import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useTranslation } from 'react-i18next';
import type { Today } from '../../../../shared/api/records.ts';
import { ariaKeys, keyText } from '../../components/chord.ts';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { chords } from '../../state/chords.ts';
import { show, useView } from '../../state/view-store.ts';
import styles from './TodayPanel.module.css';

/** Where the target stands on the gauge, per cent of its length: going over it can be seen. */
const targetPlace = 80;

/** The few numbers of the day that an agent answers for. */
export const TodayPanel = ({ today }: { readonly today: Today }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const here = useView(({ place }) => place.kind === 'my_day');
  const averageMs = today.contacts === 0 ? null : today.handleMs / today.contacts;
  const number = new Intl.NumberFormat(locale);
  const overTarget = averageMs !== null && averageMs > today.targetHandleMs;
  const share = Math.min(100, ((averageMs ?? 0) / Math.max(1, today.targetHandleMs)) * targetPlace);
  return (
    <section aria-label={t('today.region')}>
      <h2 className={styles['title']}>
        <button
          type="button"
          className={styles['open']}
          aria-current={here ? 'page' : undefined}
          aria-keyshortcuts={ariaKeys(chords.myDay)}
          title={`${t('myDay.title')} · ${keyText(chords.myDay)}`}
          onClick={() => {
            show({ kind: 'my_day' });
          }}
        >
          {t('today.region')}
          <span className="rs-hidden">: {t('myDay.title')}</span>
          <IconChevronRight size={14} aria-hidden="true" />
        </button>
      </h2>
      <dl className={styles['figures']}>
        <div className={styles['row']}>
          <dt>{t('today.calls')}</dt>
          <dd>{number.format(today.contacts)}</dd>
        </div>
        <div className={styles['measured']}>
          <dt>{t('today.average')}</dt>
          <dd>{averageMs === null ? t('common.none') : durationText(averageMs)}</dd>
          <dd className={styles['gauge']}>
            <span className={styles['track']} aria-hidden="true">
              <span
                className={styles['value']}
                data-over={overTarget || undefined}
                style={{ width: `${share.toFixed(1)}%` }}
              />
              <span className={styles['target']} />
            </span>
            {t(overTarget ? 'today.overTarget' : 'today.target', {
              target: durationText(today.targetHandleMs),
            })}
          </dd>
        </div>
        <div className={styles['row']}>
          <dt>{t('today.missed')}</dt>
          <dd>
            {number.format(today.missed)}
            <Apart count={today.missedTechnical ?? 0} />
          </dd>
        </div>
      </dl>
    </section>
  );
};

/** What was missed by no doing of the agent's, beside the figure that counts. */
const Apart = ({ count }: { readonly count: number }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  if (count === 0) return null;
  const words = t('today.missedApart', { count });
  return (
    <>
      <span className={styles['apart']} title={words} aria-hidden="true">
        +{new Intl.NumberFormat(locale).format(count)}
      </span>
      <span className="rs-hidden">{words}</span>
    </>
  );
};
