import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import IconPhoneIncoming from '@tabler/icons-react/dist/esm/icons/IconPhoneIncoming.mjs';
import IconPhoneOutgoing from '@tabler/icons-react/dist/esm/icons/IconPhoneOutgoing.mjs';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../shared/domain/call/call.ts';
import { Monogram } from '../../components/Monogram.tsx';
import { Tag, type Tone } from '../../components/Tag.tsx';
import type { Work } from '../../state/work.ts';
import { ConsentStrip } from '../consent/ConsentStrip.tsx';
import { WrapUpEditor } from '../wrap-up/WrapUpEditor.tsx';
import { CallActions } from './CallActions.tsx';
import styles from './CallWork.module.css';
import { EndReason } from './EndReason.tsx';
import { HandleClock } from './HandleClock.tsx';
import { useCaller } from './use-caller.ts';

const toneOf = (work: Work): Tone => {
  if (work.stage === 'wrap_up') return 'wrap-up';
  const { call } = work;
  if (call?.state === 'connected' && call.hold !== 'none') return 'not-ready';
  return 'engaged';
};

/** The state's key among the texts: hold is told apart, since it is what the customer hears. */
const stateKey = (call: Call | null) => {
  if (call === null || call.state === 'ended') return 'ended';
  if (call.state === 'connected' && call.hold !== 'none') return `hold_${call.hold}` as const;
  return call.state;
};

/** One call from the first ring out to the end of its wrap-up; what is typed here outlives the hang-up. */
export const CallWork = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const { call } = work;
  return (
    <article
      className={styles['work']}
      data-call-id={work.callId}
      data-call-state={work.state}
      data-tone={toneOf(work)}
      aria-label={t('call.with', { name: caller.name })}
    >
      <header className={styles['head']}>
        <Monogram name={caller.name} size="large" />
        <div className={styles['names']}>
          <h1 className={styles['name']}>{caller.name}</h1>
          <p className={styles['about']}>
            {work.direction === 'inbound' ? (
              <IconPhoneIncoming size={16} aria-label={t('call.inbound')} />
            ) : (
              <IconPhoneOutgoing size={16} aria-label={t('call.outbound')} />
            )}
            <span className={styles['facts']}>
              {[caller.queue, caller.number, caller.customer?.company].filter(Boolean).join(' · ')}
            </span>
          </p>
        </div>
        {call?.state === 'connected' && call.muted ? (
          <Tag tone="danger" icon={<IconMicrophoneOff size={14} aria-hidden="true" />}>
            {t('call.state.muted')}
          </Tag>
        ) : null}
        <Tag tone={toneOf(work)}>{t(`call.state.${stateKey(call)}`)}</Tag>
      </header>
      <HandleClock work={work} />
      <div className={styles['actions']}>
        {call === null || call.state === 'ended' ? (
          <EndReason work={work} />
        ) : (
          <CallActions call={call} />
        )}
      </div>
      <div className={styles['fill']}>
        {work.stage === 'live' || work.stage === 'wrap_up' ? <WrapUpEditor work={work} /> : null}
      </div>
      <ConsentStrip work={work} />
    </article>
  );
};
