import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneLinksState } from '../../../../shared/ipc/contract.ts';
import { ask, order } from '../../state/orders.ts';
import styles from './Settings.module.css';

/** Whether the system opens phone links with this program, as the system says: asked whenever this page is looked at. */
export const PhoneLinksField = () => {
  const { t } = useTranslation();
  const [links, setLinks] = useState<PhoneLinksState | null>(null);
  useEffect(() => {
    let current = true;
    const read = (): void => {
      void ask('phoneLinks.state', null).then((answer) => {
        if (current && answer.ok) setLinks(answer.value);
      });
    };
    read();
    // Whoever put the file in its place comes back to this window.
    window.addEventListener('focus', read);
    return () => {
      current = false;
      window.removeEventListener('focus', read);
    };
  }, []);

  const change = async (on: boolean): Promise<void> => {
    const answer = await order('phoneLinks.set', { on });
    if (answer.ok) setLinks(answer.value);
  };

  const obstacle = links?.obstacle ?? null;
  return (
    <>
      <p className={styles['help']}>{t('settings.phoneLinksHelp')}</p>
      <div className={styles['row']}>
        <Switch
          className={styles['switch']}
          labelPosition="left"
          label={t('settings.phoneLinksOpen')}
          checked={links?.state === 'on'}
          disabled={links === null || (obstacle !== null && obstacle !== 'refused')}
          onChange={(event) => {
            void change(event.currentTarget.checked);
          }}
        />
      </div>
      <p className={styles['help']} role="status">
        {obstacle !== null
          ? t(`settings.phoneLinksObstacle.${obstacle}`, {
              template: links?.desktopFile?.template ?? '',
              target: links?.desktopFile?.target ?? '',
            })
          : links?.state === 'partly'
            ? t('settings.phoneLinksPartly')
            : ''}
      </p>
    </>
  );
};
