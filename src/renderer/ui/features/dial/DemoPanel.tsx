import { Switch } from '@mantine/core';
import IconSparkles from '@tabler/icons-react/dist/esm/icons/IconSparkles.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useNumberText } from '../../state/use-number-text.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';
import styles from './DemoPanel.module.css';

const gentleSeconds = 90;

/** Customers on request; there only in a demo contact centre. */
export const DemoPanel = () => {
  const { t } = useTranslation();
  const numberText = useNumberText();
  const everySeconds = useDesk(({ session }) =>
    session.state === 'signed_in' ? session.demoEverySeconds : null,
  );
  const [sending, setSending] = useState(false);

  const call = async (): Promise<void> => {
    setSending(true);
    const answer = await order('demo.customerCall', {});
    setSending(false);
    if (!answer.ok) return;
    giveNotice({
      tone: 'info',
      text: t('demo.calling', { name: answer.value.name || numberText(answer.value.number) }),
      detail: null,
    });
  };

  return (
    <section className={styles['demo']} aria-label={t('demo.title')}>
      <IconSparkles size={20} aria-hidden="true" className={styles['icon']} />
      <p className={styles['words']}>{t('demo.text')}</p>
      <Switch
        label={t('demo.clock')}
        // What the server says, on every desk: another agent may have set it.
        checked={everySeconds !== null}
        onChange={(event) => {
          void order('demo.clock', {
            everySeconds: event.currentTarget.checked ? gentleSeconds : null,
          });
        }}
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
