import { useTranslation } from 'react-i18next';
import { Monogram } from '../../components/Monogram.tsx';
import type { Work } from '../../state/work.ts';
import { MatchTag } from './MatchTag.tsx';
import { RingingActions } from './RingingActions.tsx';
import styles from './RingingBanner.module.css';
import { useCaller } from './use-caller.ts';
import { Waited } from './Waited.tsx';

/** A call that rings while something else is in work: above it, taking nothing away from it. */
export const RingingBanner = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  return (
    <article
      className={styles['banner']}
      data-call-id={work.callId}
      data-call-state={work.state}
      aria-label={t('call.incomingFrom', { name: caller.name })}
    >
      <span className={styles['who']}>
        <Monogram name={caller.name} size="small" />
      </span>
      <div className={styles['words']}>
        <p className={styles['kind']}>
          {caller.queue === null
            ? t('call.incomingDirect')
            : t('call.incomingQueue', { queue: caller.queue })}{' '}
          <span className={styles['waited']}>
            · <Waited card={work.card} facts={work.facts} />
          </span>
        </p>
        <p className={styles['name']}>
          {caller.name}
          <MatchTag card={work.card} />
        </p>
        {caller.ticket === null ? null : (
          <p className={styles['why']}>
            {caller.ticket.reference} · {caller.ticket.subject}
          </p>
        )}
      </div>
      <div className={styles['actions']}>
        <RingingActions work={work} size="md" rejectVariant="subtle" />
      </div>
    </article>
  );
};
