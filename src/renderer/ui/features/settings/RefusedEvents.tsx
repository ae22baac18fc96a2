import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusedEventView } from '../../../../shared/ipc/desk.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask, order } from '../../state/orders.ts';
import { refusedKind, refusedWhy } from './refused-why.ts';
import settings from './Settings.module.css';
import styles from './RefusedEvents.module.css';

/** What the backend will never take: kept, told, and given to whoever can help. */
export const RefusedEvents = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const count = useDesk((desk) => desk.journal.refused);
  const [events, setEvents] = useState<readonly RefusedEventView[]>([]);
  const [saved, setSaved] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    if (count > 0) {
      void ask('journal.refused', null).then((answer) => {
        if (current && answer.ok) setEvents(answer.value);
      });
    }
    return () => {
      current = false;
    };
  }, [count]);

  const save = async (): Promise<void> => {
    const answer = await order('journal.export', null);
    if (answer.ok && answer.value !== null) setSaved(answer.value);
  };

  return (
    <section className={settings['group']} aria-labelledby="settings-refused">
      <h2 id="settings-refused">{t('settings.refused.title')}</h2>
      <p className={settings['help']}>
        {t(count === 0 ? 'settings.refused.none' : 'settings.refused.help')}
      </p>
      {count === 0 ? null : (
        <>
          <ul className={styles['list']} aria-label={t('settings.refused.list')}>
            {events.map((event) => (
              <li key={event.id} className={styles['event']}>
                <span className={styles['what']}>
                  {t(`settings.refused.kind.${refusedKind(event)}`)}
                </span>
                <span className={styles['when']}>
                  {event.at === null ? '' : dateTimeText(event.at, locale)}
                </span>
                <span className={styles['why']}>
                  {t(`settings.refused.why.${refusedWhy(event)}`)}
                </span>
                <span className={styles['detail']}>
                  {`${t('settings.refused.refusedAt', {
                    when: dateTimeText(event.refusedAt, locale),
                  })} · ${event.why}`}
                </span>
              </li>
            ))}
          </ul>
          <div className={styles['save']}>
            <Button variant="light" color="not-ready" onClick={() => void save()}>
              {t('settings.refused.export')}
            </Button>
            <p className={settings['value']} role="status">
              {saved === null ? '' : t('settings.refused.saved', { path: saved })}
            </p>
          </div>
        </>
      )}
    </section>
  );
};
