import IconPhoneIncoming from '@tabler/icons-react/dist/esm/icons/IconPhoneIncoming.mjs';
import { useTranslation } from 'react-i18next';
import { Monogram } from '../../components/Monogram.tsx';
import { Tag } from '../../components/Tag.tsx';
import { countryText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import type { Work } from '../../state/work.ts';
import { ConsentStrip } from '../consent/ConsentStrip.tsx';
import { LocalTime } from '../customer/LocalTime.tsx';
import { IncomingKind, useCallerTitle } from './IncomingKind.tsx';
import { MatchTag } from './MatchTag.tsx';
import { RescueNote, useRescueNote } from './RescueNote.tsx';
import { RingingActions } from './RingingActions.tsx';
import styles from './RingingView.module.css';
import { TicketLine } from './TicketLine.tsx';
import { useCaller } from './use-caller.ts';
import { Waited } from './Waited.tsx';

/** A call that rings on an empty desk. It takes the centre, and never the keyboard. */
export const RingingView = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const caller = useCaller(work);
  const title = useCallerTitle(caller);
  const rescue = useRescueNote(work);
  return (
    <article
      className={styles['view']}
      data-call-id={work.callId}
      data-call-state={work.state}
      aria-label={t('call.incomingFrom', { name: title })}
    >
      <div className={styles['body']}>
        <p className={styles['kind']}>
          <IconPhoneIncoming size={18} aria-hidden="true" />
          <IncomingKind caller={caller} />
          <span aria-hidden="true">·</span>
          <Waited work={work} />
        </p>
        <div className={styles['who']}>
          <Monogram
            name={caller.asksAbout === null ? (caller.customer?.name ?? caller.name) : caller.name}
            size="large"
          />
          <div className={styles['names']}>
            <h1 className={styles['name']}>{title}</h1>
            <p className={styles['about']}>
              {[
                caller.customer?.company,
                caller.customer?.city,
                caller.customer === null ? null : countryText(caller.customer.country, locale),
              ]
                .filter(Boolean)
                .join(' · ')}
              {caller.customer === null ? null : <LocalTime place={caller.customer} />}
            </p>
            <p className={styles['number']}>
              <span>{caller.number}</span>
              <MatchTag card={work.card} />
              {caller.customer?.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </p>
          </div>
        </div>
        {rescue === null ? (
          <div className={styles['why']}>
            <h2 className={styles['label']}>
              {t(caller.asksAbout === null ? 'call.why' : 'call.whyAsked')}
            </h2>
            <TicketLine card={work.card} ticket={caller.ticket} />
          </div>
        ) : (
          // What they call about stands beside it, with the customer.
          <RescueNote work={work} flush />
        )}
        <div className={styles['actions']}>
          <RingingActions
            work={work}
            size="lg"
            rejectVariant="outline"
            answerClassName={styles['answer']}
          />
        </div>
      </div>
      <ConsentStrip work={work} />
    </article>
  );
};
