import { useTranslation } from 'react-i18next';
import { useTypingWhenRung } from '../../state/use-typing-when-rung.ts';
import { useView } from '../../state/view-store.ts';
import { useWorks } from '../../state/use-works.ts';
import { useVerification } from '../../state/verification.ts';
import { centreWork, customerWork, type Work } from '../../state/work.ts';
import { Elsewhere } from '../elsewhere/Elsewhere.tsx';
import { CandidateList } from './CandidateList.tsx';
import styles from './CustomerPane.module.css';
import { CustomerRecord } from './CustomerRecord.tsx';
import { DeletedCustomer } from './DeletedCustomer.tsx';
import { FoundCustomer } from './FoundCustomer.tsx';
import { Looking } from './Looking.tsx';
import { UnknownCaller } from './UnknownCaller.tsx';

/** The right of the desk: who the call is with, or a customer looked up between calls. */
export const CustomerPane = () => {
  const { t } = useTranslation();
  const works = useWorks();
  const chosen = useView((view) => view.chosenCallId);
  const centre = centreWork(works, chosen);
  const ringing = works.find((found) => found.stage === 'ringing');
  const keepsTyping = useTypingWhenRung('customer', ringing?.callId ?? null);
  const work = keepsTyping && centre !== ringing ? centre : customerWork(works, centre);
  const card = work?.card ?? null;
  return (
    <section
      className={styles['pane']}
      aria-label={t('customer.region')}
      data-match={work === null ? undefined : (card?.match.kind ?? 'looking')}
      data-for-call={work?.callId}
      id="customer"
      tabIndex={-1}
    >
      {work === null || (keepsTyping && work === ringing) ? (
        <FoundCustomer searchOnly={work !== null} />
      ) : null}
      {work === null ? null : <Matched key={work.callId} work={work} />}
    </section>
  );
};

const Matched = ({ work }: { readonly work: Work }) => {
  const { card } = work;
  const verification = useVerification(work);
  if (card === null) return <Looking />;
  const { match } = card;
  const elsewhere = <Elsewhere work={work} />;
  switch (match.kind) {
    case 'exact':
    case 'confirmed':
      return (
        <CustomerRecord customer={match.customer} verification={verification} beside={elsewhere} />
      );
    case 'several':
    case 'maybe':
      return (
        <>
          <CandidateList work={work} kind={match.kind} customers={match.customers} />
          {elsewhere}
        </>
      );
    case 'unknown':
      // Whom nobody knows here somebody may know there: that comes first.
      return (
        <>
          {elsewhere}
          <UnknownCaller work={work} contactId={card.contactId} />
        </>
      );
    case 'deleted':
      return <DeletedCustomer />;
  }
};
