import { useTranslation } from 'react-i18next';
import { Monogram } from '../../components/Monogram.tsx';
import type { Work } from '../../state/work.ts';
import { IncomingKind, useCallerTitle } from './IncomingKind.tsx';
import { MatchTag } from './MatchTag.tsx';
import { RingingActions } from './RingingActions.tsx';
import styles from './RingingBanner.module.css';
import { useCaller } from './use-caller.ts';
import { Waited } from './Waited.tsx';

/** A call that rings while something else is in work: above it, taking nothing away from it. */
export const RingingBanner = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const title = useCallerTitle(caller);
  return (
    <article
      className={styles['banner']}
      data-call-id={work.callId}
      data-call-state={work.state}
      aria-label={t('call.incomingFrom', { name: title })}
    >
      <span className={styles['who']}>
        <Monogram name={caller.name} size="small" />
      </span>
      <div className={styles['words']}>
        <p className={styles['kind']}>
          <IncomingKind caller={caller} />{' '}
          <span className={styles['waited']}>
            · <Waited work={work} />
          </span>
        </p>
        <p className={styles['name']}>
          {title}
          {caller.asksAbout === null ? <MatchTag card={work.card} /> : null}
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
