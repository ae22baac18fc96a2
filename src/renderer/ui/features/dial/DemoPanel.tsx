import { Switch } from '@mantine/core';
import IconSparkles from '@tabler/icons-react/dist/esm/icons/IconSparkles.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';
import styles from './DemoPanel.module.css';

const gentleSeconds = 90;

/** Customers on request; there only in a demo contact centre. */
export const DemoPanel = () => {
  const { t } = useTranslation();
  const [clock, setClock] = useState(false);
  const [sending, setSending] = useState(false);

  const call = async (): Promise<void> => {
    setSending(true);
    const answer = await order('demo.customerCall', {});
    setSending(false);
    if (!answer.ok) return;
    giveNotice({
      tone: 'info',
      text: t('demo.calling', { name: answer.value.name || answer.value.number }),
      detail: null,
    });
  };
  const setClockTo = async (on: boolean): Promise<void> => {
    const answer = await order('demo.clock', { everySeconds: on ? gentleSeconds : null });
    if (answer.ok) setClock(on);
  };

  return (
    <section className={styles['demo']} aria-label={t('demo.title')}>
      <IconSparkles size={20} aria-hidden="true" className={styles['icon']} />
      <p className={styles['words']}>{t('demo.text')}</p>
      <Switch
        label={t('demo.clock')}
        checked={clock}
        onChange={(event) => void setClockTo(event.currentTarget.checked)}
        size="sm"
      />
      <ActionButton
        label={t('demo.call')}
        color="brand"
        variant="light"
        loading={sending}
        onClick={() => void call()}
      />
    </section>
  );
};
