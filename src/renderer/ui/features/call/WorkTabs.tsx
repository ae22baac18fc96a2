import { useTranslation } from 'react-i18next';
import { change } from '../../state/view-store.ts';
import type { Work } from '../../state/work.ts';
import { useCaller } from './use-caller.ts';
import styles from './WorkTabs.module.css';

/** All calls and wrap-ups that are open, when there is more than one. */
export const WorkTabs = ({
  works,
  current,
}: {
  readonly works: readonly Work[];
  readonly current: Work | null;
}) => {
  const { t } = useTranslation();
  return (
    <nav className={styles['tabs']} aria-label={t('call.open')}>
      {works.map((work) => (
        <WorkTab key={work.callId} work={work} current={work.callId === current?.callId} />
      ))}
    </nav>
  );
};

const WorkTab = ({ work, current }: { readonly work: Work; readonly current: boolean }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  return (
    <button
      type="button"
      className={styles['tab']}
      data-tone={work.stage === 'wrap_up' ? 'wrap-up' : 'engaged'}
      aria-current={current}
      onClick={() => {
        change({ chosenCallId: work.callId });
      }}
    >
      <span className={styles['stage']}>
        {t(work.stage === 'wrap_up' ? 'call.tabWrapUp' : 'call.tabCall')}
      </span>
      <span className={styles['name']}>{caller.name}</span>
    </button>
  );
};
