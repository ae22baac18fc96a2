import { useTranslation } from 'react-i18next';
import { wasAnswered } from '../../../../shared/domain/call/call.ts';
import { useTypingWhenRung } from '../../state/use-typing-when-rung.ts';
import { useWorks } from '../../state/use-works.ts';
import { useView } from '../../state/view-store.ts';
import { centreWork, ringingAbove } from '../../state/work.ts';
import { DialView } from '../dial/DialView.tsx';
import { CallWork } from './CallWork.tsx';
import styles from './CallCentre.module.css';
import { OverNotice } from './OverNotice.tsx';
import { RingingBanner } from './RingingBanner.tsx';
import { RingingView } from './RingingView.tsx';
import { WorkTabs } from './WorkTabs.tsx';

/** The centre of the desk: who rings, the call or wrap-up in work, or the quiet between calls. */
export const CallCentre = () => {
  const { t } = useTranslation();
  const works = useWorks();
  const chosen = useView((view) => view.chosenCallId);
  const centre = centreWork(works, chosen);
  const ringing = centre?.stage === 'ringing' ? centre : null;
  const keepsTyping = useTypingWhenRung('call', ringing?.callId ?? null);
  const above = ringingAbove(works, keepsTyping ? null : centre);
  // A call that was worked on ends with its wrap-up; only one that came to nothing is worth a word.
  const over = works.filter(
    (work) => work.stage === 'over' && work.call !== null && !wasAnswered(work.call),
  );
  const open = works.filter((work) => work.stage !== 'over' && work.stage !== 'ringing');
  return (
    <section className={styles['centre']} aria-label={t('call.region')} id="call" tabIndex={-1}>
      {above.map((work) => (
        <RingingBanner key={work.callId} work={work} />
      ))}
      {open.length > 1 ? <WorkTabs works={open} current={centre} /> : null}
      {centre === null || (ringing !== null && keepsTyping) ? (
        <div className={styles['idle']}>
          {over.map((work) => (
            <OverNotice key={work.callId} work={work} />
          ))}
          <DialView />
        </div>
      ) : centre.stage === 'ringing' ? (
        <RingingView key={centre.callId} work={centre} />
      ) : (
        <CallWork key={centre.callId} work={centre} />
      )}
    </section>
  );
};
