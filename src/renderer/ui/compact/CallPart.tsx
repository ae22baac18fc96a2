import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import IconPhoneOff from '@tabler/icons-react/dist/esm/icons/IconPhoneOff.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import { useTranslation } from 'react-i18next';
import { allowedActions, type CallAction } from '../../../shared/domain/call/allowed-actions.ts';
import { stateKey } from '../features/call/call-state.ts';
import { useCaller } from '../features/call/use-caller.ts';
import { useSupervisorsText } from '../features/supervision/use-supervisors-text.ts';
import { durationText } from '../i18n/formats.ts';
import { heardLeg, isInConference, isOnHold } from '../state/legs.ts';
import { useLineWarning } from '../state/line-warning.ts';
import { useOutage } from '../state/outage.ts';
import { useVoiceWord } from '../state/voice-word.ts';
import { orderPhone } from '../state/orders.ts';
import type { Work } from '../state/work.ts';
import { StripButton } from './StripButton.tsx';
import { StripWords } from './StripWords.tsx';
import { useHandleTime } from './use-handle-time.ts';

/** The call that goes on, or is on its way out. */
export const CallPart = ({
  works,
  centre,
}: {
  readonly works: readonly Work[];
  readonly centre: Work;
}) => {
  const { t } = useTranslation();
  const caller = useCaller(centre);
  const { handleMs, dialMs } = useHandleTime(centre);
  // Buttons are for whoever is heard: that may be the colleague who is asked.
  const call = heardLeg(works, centre)?.call ?? null;
  const allowed: readonly CallAction[] = call === null ? [] : allowedActions(call);
  const run = (kind: 'end' | 'hold' | 'resume' | 'mute' | 'unmute') => (): void => {
    if (call !== null) void orderPhone({ kind, callId: call.callId });
  };
  const held = allowed.includes('resume');
  const muted = allowed.includes('unmute');
  const supervisors = useSupervisorsText(centre.callKey);
  const line = [...supervisors, caller.queue, t(`call.state.${stateKey(centre.call)}`)].filter(
    (part) => part !== null,
  );
  const wrong = useVoiceWord(call?.callId ?? null);
  const warning = useLineWarning(call?.callId ?? null);
  const outage = useOutage(call?.callId ?? null);
  const voice = wrong !== null ? t(`call.voice.${wrong}`) : muted ? t('call.state.muted') : null;
  // A voice that is not heard comes before a line that is bad.
  const heard = voice ?? (warning === null ? null : t(`status.warning.${warning}`));
  const trouble = outage === null ? heard : t(`call.outage.${outage}`);
  const attention = trouble !== null || (centre.call !== null && isOnHold(centre.call));
  return (
    <>
      <StripWords
        tone={attention ? 'wrap-up' : 'engaged'}
        title={caller.name}
        line={[...line, trouble].filter((part) => part !== null).join(' · ')}
        clock={durationText(centre.stage === 'outgoing' ? dialMs : handleMs)}
      />
      {muted || allowed.includes('mute') ? (
        <StripButton
          label={t(muted ? 'call.unmute' : 'call.mute')}
          icon={muted ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />}
          {...(muted ? { tone: 'wrap-up' as const } : {})}
          pressed={muted}
          onClick={run(muted ? 'unmute' : 'mute')}
        />
      ) : null}
      {held || allowed.includes('hold') ? (
        <StripButton
          label={t(held ? 'call.resume' : 'call.hold')}
          icon={held ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
          {...(held ? { tone: 'wrap-up' as const } : {})}
          pressed={held}
          onClick={run(held ? 'resume' : 'hold')}
        />
      ) : null}
      {/* In a conference each of the others is hung up by name, on the desk. */}
      {call !== null && allowed.includes('end') && !isInConference(call) ? (
        <StripButton
          label={t('call.end')}
          icon={<IconPhoneOff size={18} />}
          tone="danger"
          solid
          onClick={run('end')}
        />
      ) : null}
    </>
  );
};
