import { useTranslation } from 'react-i18next';
import { wasAnswered } from '../../../../shared/domain/call/call.ts';
import { useMissed } from '../../state/missed-store.ts';
import { useTypingWhenRung } from '../../state/use-typing-when-rung.ts';
import { useWorks } from '../../state/use-works.ts';
import { useView } from '../../state/view-store.ts';
import { centreWork, openWorks, ringingAbove } from '../../state/work.ts';
import { DialView } from '../dial/DialView.tsx';
import { CallWork } from './CallWork.tsx';
import styles from './CallCentre.module.css';
import { MissedNotice } from './MissedNotice.tsx';
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
  const open = openWorks(works);
  const missed = useMissed((kept) => kept.missed);
  return (
    <section className={styles['centre']} aria-label={t('call.region')} id="call" tabIndex={-1}>
      {above.map((work) => (
        <RingingBanner key={work.callId} work={work} />
      ))}
      {open.length > 1 ? <WorkTabs works={open} current={centre} /> : null}
      {centre === null || (ringing !== null && keepsTyping) ? (
        <div className={styles['idle']}>
          {over
            .filter((work) => !missed.some((call) => call.callId === work.callId))
            .map((work) => (
              <OverNotice key={work.callId} work={work} />
            ))}
          {missed.map((call) => (
            <MissedNotice
              key={call.callId}
              missed={call}
              work={over.find((work) => work.callId === call.callId) ?? null}
            />
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
