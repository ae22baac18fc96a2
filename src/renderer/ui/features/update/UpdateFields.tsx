import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { UpdateView } from '../../../../shared/ipc/update.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { applyUpdate, checkForUpdate } from './update-orders.ts';
import styles from './UpdateFields.module.css';

const stateText = (update: UpdateView, locale: string, t: TFunction): string => {
  switch (update.state) {
    case 'off':
      return t(`updates.off.${update.why}`);
    case 'newest':
      return update.checkedAt === null
        ? t('updates.notYet')
        : t('updates.newest', { when: dateTimeText(update.checkedAt, locale) });
    case 'checking':
      return t('updates.checking');
    case 'downloading':
      return t('updates.downloading', {
        version: update.version,
        percent: String(update.percent),
      });
    case 'ready':
      return t('updates.ready', { version: update.version });
    case 'failed':
      return t('updates.failedAt', {
        why: t(`updates.failed.${update.why}`),
        when: dateTimeText(update.at, locale),
      });
  }
};

/** New versions: where they stand, what is new, and when it is applied. */
export const UpdateFields = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const update = useDesk((desk) => desk.update) ?? { state: 'off', why: 'no_feed' };
  const ready = update.state === 'ready' ? update : null;
  const isBusy = update.state === 'checking' || update.state === 'downloading';
  return (
    <>
      <div className={styles['state']}>
        <p role="status">{stateText(update, locale, t)}</p>
        {update.state === 'off' ? null : (
          <Button
            variant="light"
            color="not-ready"
            disabled={isBusy}
            onClick={() => void (ready === null ? checkForUpdate() : applyUpdate())}
          >
            {t(ready === null ? 'updates.check' : 'updates.apply')}
          </Button>
        )}
      </div>
      {ready === null ? null : (
        <>
          <p className={styles['help']}>
            {ready.obstacle === null
              ? t('updates.applyHelp')
              : t(`updates.obstacle.${ready.obstacle}`)}
          </p>
          {ready.notes === '' ? null : (
            <>
              <h3 className={styles['part']}>{t('updates.news')}</h3>
              <p className={styles['notes']}>{ready.notes}</p>
            </>
          )}
        </>
      )}
    </>
  );
};
