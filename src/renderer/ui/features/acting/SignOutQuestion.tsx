import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActedOn } from '../../state/acting-store.ts';
import styles from './Acting.module.css';
import { setAgentState } from './set-state.ts';

/** Signing somebody out is asked first; the caret is on Cancel. */
export const SignOutQuestion = ({
  agent,
  onDone,
}: {
  readonly agent: ActedOn;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation();
  const [sending, setSending] = useState(false);
  return (
    <>
      <p className={styles['words']}>{t('acting.signOutWhat')}</p>
      <div className={styles['buttons']}>
        <Button data-autofocus variant="light" color="not-ready" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button
          color="danger"
          loading={sending}
          onClick={() => {
            setSending(true);
            void setAgentState(agent, 'offline').then((done) => {
              setSending(false);
              if (done) onDone();
            });
          }}
        >
          {t('acting.signOutNow')}
        </Button>
      </div>
    </>
  );
};
