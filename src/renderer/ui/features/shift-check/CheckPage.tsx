import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { BackButton } from '../../components/BackButton.tsx';
import { showDesk } from '../../state/view-store.ts';
import { CheckHistory } from './CheckHistory.tsx';
import styles from './CheckPage.module.css';
import { CheckPrompt } from './CheckPrompt.tsx';
import { CheckResult } from './CheckResult.tsx';
import { CheckSteps } from './CheckSteps.tsx';
import { followCheck, startCheck, useCheckRun } from './check-store.ts';

/** The check before a shift: what is asked, how far it is, and what it came to. */
export const CheckPage = () => {
  const { t } = useTranslation();
  const run = useCheckRun((state) => state.run);
  useEffect(followCheck, []);
  const isOver = run?.ended === 'done';
  return (
    <main className={styles['page']} aria-labelledby="check-title">
      <div className={styles['body']}>
        <BackButton onClick={showDesk}>{t('contact.back')}</BackButton>
        <h1 id="check-title" className={styles['title']}>
          {t('check.title')}
        </h1>
        {run === null || (run.ended !== null && !isOver) ? (
          <Beginning why={run?.ended ?? null} />
        ) : isOver ? (
          <CheckResult key={run.runId} measured={run.measured} />
        ) : (
          <CheckPrompt run={run} />
        )}
        {run === null ? null : <CheckSteps run={run} />}
        {run?.ended !== null ? <CheckHistory of={run?.runId ?? ''} /> : null}
      </div>
    </main>
  );
};

const Beginning = ({ why }: { readonly why: 'call' | 'stopped' | 'failed' | 'done' | null }) => {
  const { t } = useTranslation();
  const owed = useDesk(({ shiftCheck }) => shiftCheck?.owed === true);
  const start = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Who is rung types on wherever they are.
    if (why !== 'call') start.current?.focus();
  }, [why]);
  return (
    <section className={styles['card']} aria-label={t('check.start')}>
      {why === 'call' || why === 'failed' ? (
        <p className={styles['lead']} role="status">
          {t(`check.ended.${why}`)}
        </p>
      ) : null}
      <p className={styles['about']}>{t('check.about')}</p>
      {owed ? <p className={styles['about']}>{t('check.owed')}</p> : null}
      <Button ref={start} className={styles['start']} onClick={startCheck}>
        {t('check.start')}
      </Button>
    </section>
  );
};
