import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import IconPhoneIncoming from '@tabler/icons-react/dist/esm/icons/IconPhoneIncoming.mjs';
import IconPhoneOutgoing from '@tabler/icons-react/dist/esm/icons/IconPhoneOutgoing.mjs';
import { useTranslation } from 'react-i18next';
import { Monogram } from '../../components/Monogram.tsx';
import { Tag, type Tone } from '../../components/Tag.tsx';
import { goneBeside, heardLeg, legsOf, panelsOf, type Leg } from '../../state/legs.ts';
import { scheduleForShown } from '../../state/call-back-store.ts';
import { useIsEmergency } from '../../state/use-emergency.ts';
import { useWorks } from '../../state/use-works.ts';
import { useView } from '../../state/view-store.ts';
import { useLineWarning } from '../../state/line-warning.ts';
import { useOutage } from '../../state/outage.ts';
import { useVoiceWord } from '../../state/voice-word.ts';
import type { Work } from '../../state/work.ts';
import { ScheduleIcon } from '../call-backs/ScheduleButton.tsx';
import { ConsentStrip } from '../consent/ConsentStrip.tsx';
import { WorkParts } from '../guidance/WorkParts.tsx';
import { HelpButton, HelpStrip } from '../help/HelpStrip.tsx';
import { PaymentButton, PaymentStrip } from '../payment/PaymentStrip.tsx';
import { SupervisorsTag } from '../supervision/SupervisorsTag.tsx';
import { SurveyButton } from '../survey/SurveyButton.tsx';
import { WrapUpEditor } from '../wrap-up/WrapUpEditor.tsx';
import { AddCallPanel } from './AddCallPanel.tsx';
import { workKey } from './call-state.ts';
import { CallActions } from './CallActions.tsx';
import { CallLegs } from './CallLegs.tsx';
import styles from './CallWork.module.css';
import { EndReason } from './EndReason.tsx';
import { GoneBeside } from './GoneBeside.tsx';
import { HandleClock } from './HandleClock.tsx';
import { LineTrouble } from './LineTrouble.tsx';
import { OutageTrouble } from './OutageTrouble.tsx';
import { RescueNote } from './RescueNote.tsx';
import { TransferFailed, TransferProgress } from './TransferProgress.tsx';
import { TransferPanel } from './TransferPanel.tsx';
import { useCaller } from './use-caller.ts';
import { VoiceTrouble } from './VoiceTrouble.tsx';

const toneOf = (work: Work): Tone => {
  if (work.stage === 'wrap_up') return 'wrap-up';
  const { call } = work;
  if (call?.state === 'connected' && call.hold !== 'none') return 'not-ready';
  return 'engaged';
};

/** One call from the first ring out to the end of its wrap-up; what is typed here outlives the hang-up. */
export const CallWork = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const { call } = work;
  const works = useWorks();
  const isEmergency = useIsEmergency(work);
  const legs = legsOf(works, work);
  const heard = heardLeg(works, work);
  const voice = useVoiceWord(heard?.callId ?? null);
  const warning = useLineWarning(heard?.callId ?? null);
  const outage = useOutage(heard?.callId ?? null);
  const panels = panelsOf(works, work);
  const panel = useView((view) => (view.panel?.callId === work.callId ? view.panel.kind : null));
  const openPanel = panel !== null && panels.includes(panel) ? panel : null;
  const several = legs.some((leg) => leg.callId !== work.callId);
  // Each call is named once on screen: here, or on its own line among several.
  const named = !several || !legs.some((leg) => leg.callId === work.callId);
  return (
    <article
      className={styles['work']}
      data-call-id={named ? work.callId : undefined}
      data-call-state={named ? work.state : undefined}
      data-tone={toneOf(work)}
      aria-label={t('call.with', { name: caller.name })}
    >
      <SupervisorsTag callKey={work.callKey} />
      <header className={styles['head']}>
        <Monogram name={caller.name} size="large" />
        <div className={styles['names']}>
          <h1 className={styles['name']}>{caller.name}</h1>
          <p className={styles['about']}>
            {outage !== null ? (
              <OutageTrouble outage={outage} />
            ) : heard !== null && voice !== null ? (
              <VoiceTrouble callId={heard.callId} word={voice} />
            ) : warning !== null ? (
              <LineTrouble warning={warning} />
            ) : (
              <About work={work} />
            )}
          </p>
        </div>
        {heard?.call.state === 'connected' && heard.call.muted && voice !== 'muted_talking' ? (
          <Tag tone="danger" icon={<IconMicrophoneOff size={14} aria-hidden="true" />}>
            {t('call.state.muted')}
          </Tag>
        ) : null}
        <SurveyButton work={work} />
        <ScheduleIcon name={caller.name} onPress={() => void scheduleForShown(work)} />
        <HelpButton work={work} />
        <Tag tone={toneOf(work)}>{t(`call.state.${workKey(call)}`)}</Tag>
      </header>
      <HandleClock work={work} />
      <div className={styles['actions']}>
        {heard === null ? (
          <EndReason work={work} />
        ) : (
          <CallActions call={heard.call} panels={panels} openPanel={openPanel}>
            {call?.state === 'connected' &&
            call.transfer !== null &&
            heard.callId === call.callId ? (
              <TransferProgress transfer={call.transfer} />
            ) : null}
            {several && heard.callId !== work.callId ? <HeardName leg={heard} /> : null}
          </CallActions>
        )}
      </div>
      {several ? <CallLegs works={works} centre={work} /> : null}
      {goneBeside(works, work).map((gone) => (
        <GoneBeside key={gone.callId} work={gone} />
      ))}
      {call === null ? null : <TransferFailed call={call} name={caller.name} />}
      <RescueNote work={work} />
      <HelpStrip work={work} />
      <div className={styles['fill']}>
        {openPanel === 'transfer' ? (
          <TransferPanel callId={work.callId} canAsk={panels.includes('add_call')} />
        ) : openPanel === 'add_call' ? (
          <AddCallPanel name={caller.name} />
        ) : work.stage === 'live' || work.stage === 'wrap_up' ? (
          <WorkParts work={work}>
            <WrapUpEditor work={work} />
          </WorkParts>
        ) : null}
      </div>
      {isEmergency ? null : (
        <PaymentStrip work={work}>
          <ConsentStrip work={work}>
            <PaymentButton work={work} />
          </ConsentStrip>
        </PaymentStrip>
      )}
    </article>
  );
};

/** Which way, by which queue and with which number. */
const About = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const Direction = work.direction === 'inbound' ? IconPhoneIncoming : IconPhoneOutgoing;
  const parts =
    caller.asksAbout === null
      ? [caller.queue, caller.number, caller.customer?.company]
      : [caller.number, t('call.about', { customer: caller.asksAbout })];
  return (
    <>
      <Direction size={16} aria-label={t(`call.${work.direction}`)} />
      <span className={styles['facts']}>{parts.filter(Boolean).join(' · ')}</span>
    </>
  );
};

/** Whom the buttons are for, when it could be another. */
const HeardName = ({ leg }: { readonly leg: Leg }) => {
  const { t } = useTranslation();
  const caller = useCaller(leg);
  return (
    <p className={styles['heard']}>
      <span className="rs-hidden">{t('call.actionsFor')} </span>
      {caller.name}
    </p>
  );
};
