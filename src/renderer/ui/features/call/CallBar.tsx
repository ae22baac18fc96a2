import { useTranslation } from 'react-i18next';
import { Button } from '@mantine/core';
import { useWorks } from '../../state/use-works.ts';
import { showDesk } from '../../state/view-store.ts';
import { centreWork, type Work } from '../../state/work.ts';
import { CallActions } from './CallActions.tsx';
import styles from './CallBar.module.css';
import { RingingBanner } from './RingingBanner.tsx';
import { useCaller } from './use-caller.ts';

/** The calls, above a page that is not the desk: nothing rings unseen, and a call in hand stays in hand. */
export const CallBar = () => {
  const { t } = useTranslation();
  const works = useWorks();
  const ringing = works.filter((work) => work.stage === 'ringing');
  const current = centreWork(works, null);
  if (current === null) return null;
  return (
    <section aria-label={t('call.region')} className={styles['bar']}>
      {ringing.map((work) => (
        <RingingBanner key={work.callId} work={work} />
      ))}
      {current.stage === 'ringing' ? null : <CurrentLine work={current} />}
    </section>
  );
};

const CurrentLine = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const { call } = work;
  return (
    <article
      className={styles['line']}
      data-call-id={work.callId}
      data-call-state={work.state}
      data-tone={work.stage === 'wrap_up' ? 'wrap-up' : 'engaged'}
      aria-label={t('call.with', { name: caller.name })}
    >
      <p className={styles['name']}>
        {caller.name}
        <span className={styles['stage']}>
          {t(work.stage === 'wrap_up' ? 'call.tabWrapUp' : 'call.tabCall')}
        </span>
      </p>
      {call === null || call.state === 'ended' ? null : <CallActions call={call} />}
      <Button variant="subtle" color="not-ready" onClick={showDesk}>
        {t('app.desk')}
      </Button>
    </article>
  );
};
