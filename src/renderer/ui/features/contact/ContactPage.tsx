import { Skeleton } from '@mantine/core';
import IconFileUnknown from '@tabler/icons-react/dist/esm/icons/IconFileUnknown.mjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BackButton } from '../../components/BackButton.tsx';
import type { Contact } from '../../../../shared/api/records.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Tag } from '../../components/Tag.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { useQueueText } from '../../state/use-contact-text.ts';
import { goBack, useView } from '../../state/view-store.ts';
import { aboutContact } from '../../state/call-back-store.ts';
import { CallBacksAbout } from '../call-backs/CallBacksAbout.tsx';
import { ScheduleButton } from '../call-backs/ScheduleButton.tsx';
import { WrittenPart } from '../deeds/WrittenPart.tsx';
import { SaveLine } from '../line/SaveLine.tsx';
import { GuidanceHistory } from '../guidance/GuidanceHistory.tsx';
import { HelpHistory } from '../help/HelpHistory.tsx';
import { RecordingPlayer } from '../listening/RecordingPlayer.tsx';
import { PaymentHistory } from '../payment/PaymentHistory.tsx';
import { QualityPart } from '../quality/QualityPart.tsx';
import { ContactJoins } from '../supervision/ContactJoins.tsx';
import { ConsentHistory } from './ConsentHistory.tsx';
import { ContactSurveyPart } from './ContactSurveyPart.tsx';
import styles from './ContactPage.module.css';
import { LegPart } from './LegPart.tsx';

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly contact: Contact }
  | { readonly state: 'failed'; readonly why: 'not_found' | 'away' };

const backWords = {
  desk: 'contact.back',
  history: 'history.back',
  quality: 'quality.back',
  floor: 'floor.back',
  coaching: 'coaching.back',
  reports: 'reports.back',
  call_backs: 'callBacks.back',
  undelivered: 'deeds.back',
} as const;

/** One contact of the past, whole: who, when, every segment of it, what was said about recording, and its sound. */
export const ContactPage = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation();
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const from = useView(({ place }) => (place.kind === 'contact' ? (place.from ?? 'desk') : 'desk'));
  useEffect(() => {
    let current = true;
    void ask('contacts.open', { contactId }).then((answer) => {
      if (!current) return;
      if (answer.ok) setLoaded({ state: 'here', contact: answer.value });
      else {
        setLoaded({
          state: 'failed',
          why: answer.why.code === 'not_found' ? 'not_found' : 'away',
        });
      }
    });
    return () => {
      current = false;
    };
  }, [contactId]);
  return (
    <main className={styles['page']} aria-label={t('contact.region')}>
      <div className={styles['column']}>
        <BackButton onClick={goBack}>{t(backWords[from])}</BackButton>
        {loaded.state === 'loading' ? (
          <div className={styles['loading']}>
            <Skeleton height={36} width="50%" animate={false} />
            <Skeleton height={120} animate={false} />
            <Skeleton height={80} animate={false} />
          </div>
        ) : loaded.state === 'failed' ? (
          <EmptyState
            icon={<IconFileUnknown size={32} stroke={1.5} />}
            title={t(`contact.failed.${loaded.why}`)}
          />
        ) : (
          <ContactBody contact={loaded.contact} />
        )}
      </div>
    </main>
  );
};

const nameOf = ({ card }: Contact): string => {
  if (card.match.kind === 'exact' || card.match.kind === 'confirmed')
    return card.match.customer.name;
  return card.remoteName || card.displayNumber;
};

const ContactBody = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const queueText = useQueueText();
  const { card } = contact;
  const name = nameOf(contact) || t('call.anonymous');
  return (
    <>
      <header className={styles['head']}>
        <h1 className={styles['title']}>{name}</h1>
        <p className={styles['about']}>
          <Tag tone="engaged">
            {t(card.direction === 'inbound' ? 'call.inbound' : 'call.outbound')}
          </Tag>
          <span>{dateTimeText(card.startedAt, locale)}</span>
          {[queueText(card.queue), card.displayNumber === name ? null : card.displayNumber]
            .filter((part) => part !== null && part !== '')
            .map((part) => (
              <span key={part}>{part}</span>
            ))}
        </p>
      </header>
      {contact.legs.map((leg) => (
        <LegPart key={leg.callId} leg={leg} callKey={card.callKey} queue={card.queue} />
      ))}
      {contact.legs.some(({ line }) => line !== undefined) ? (
        <p className={styles['save']}>
          <SaveLine contactId={card.contactId} />
        </p>
      ) : null}
      <CallBacksAbout of={{ contactId: card.contactId }} heading="h2" />
      <ScheduleButton about={aboutContact(contact)} />
      <WrittenPart
        contact={contact}
        classNames={{
          part: styles['part'] ?? '',
          heading: styles['heading'] ?? '',
          none: styles['none'] ?? '',
        }}
      />
      <section className={styles['part']} aria-labelledby="contact-recording">
        <h2 id="contact-recording" className={styles['heading']}>
          {t('contact.recording')}
        </h2>
        {contact.recordings.length === 0 ? (
          <p className={styles['none']}>
            {card.recording.state === 'failed'
              ? `${t('recording.failed')}. ${t(`recording.why.${card.recording.why}`)}`
              : t('contact.noRecording')}
          </p>
        ) : (
          contact.recordings.map((recording) => (
            <RecordingPlayer key={recording.id} contactId={card.contactId} recording={recording} />
          ))
        )}
      </section>
      {contact.survey === undefined ? null : <ContactSurveyPart survey={contact.survey} />}
      {contact.payment === undefined ? null : (
        <PaymentHistory payment={contact.payment} recordings={contact.recordings} />
      )}
      <ConsentHistory facts={contact.consentFacts} startedAt={card.startedAt} />
      <GuidanceHistory contactId={card.contactId} />
      <ContactJoins contactId={card.contactId} />
      <HelpHistory contactId={card.contactId} />
      <QualityPart contactId={card.contactId} />
    </>
  );
};
