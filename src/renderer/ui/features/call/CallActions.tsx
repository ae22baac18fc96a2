import IconArrowForwardUp from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import IconPhoneOff from '@tabler/icons-react/dist/esm/icons/IconPhoneOff.mjs';
import IconPhonePlus from '@tabler/icons-react/dist/esm/icons/IconPhonePlus.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { allowedActions } from '../../../../shared/domain/call/allowed-actions.ts';
import type { Call } from '../../../../shared/domain/call/call.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import type { Chord } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { isInConference, type Panel } from '../../state/legs.ts';
import { orderPhone } from '../../state/orders.ts';
import styles from './CallActions.module.css';
import { togglePanel } from './call-orders.ts';
import { Keypad } from './Keypad.tsx';
import { useEndGuard } from './use-end-guard.ts';

type CallCommand = 'end' | 'hold' | 'resume' | 'mute' | 'unmute';

type Look = {
  readonly chord: Chord;
  readonly icon: ReactNode;
  readonly color?: string;
  readonly variant?: 'filled';
};

const looks: Record<CallCommand, Look> = {
  mute: { chord: chords.mute, icon: <IconMicrophone size={18} /> },
  unmute: { chord: chords.mute, icon: <IconMicrophoneOff size={18} />, color: 'danger' },
  hold: { chord: chords.hold, icon: <IconPlayerPause size={18} /> },
  resume: {
    chord: chords.hold,
    icon: <IconPlayerPlay size={18} />,
    color: 'brand',
    variant: 'filled',
  },
  end: {
    chord: chords.end,
    icon: <IconPhoneOff size={18} />,
    color: 'danger',
    variant: 'filled',
  },
};

/** What can be done now with the call that is heard, and nothing else. It stays in its place whatever comes and goes. */
export const CallActions = ({
  call,
  panels = [],
  openPanel = null,
  children,
}: {
  readonly call: Call;
  readonly panels?: readonly Panel[];
  readonly openPanel?: Panel | null;
  /** Whom they are for, where that needs a word. */
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation();
  const actions = allowedActions(call);
  const guarded = useEndGuard(call);
  const button = (kind: CallCommand) => {
    // In a conference each of the others is hung up by name.
    if (!actions.includes(kind) || (kind === 'end' && isInConference(call))) return null;
    return (
      <ActionButton
        label={t(`call.${kind}`)}
        {...looks[kind]}
        size="md"
        className={styles['tile']}
        resting={kind === 'end' && guarded}
        onClick={() => {
          void orderPhone({ kind, callId: call.callId });
        }}
      />
    );
  };
  return (
    <div className={styles['actions']} role="group" aria-label={t('call.actions')}>
      {children}
      {button('mute')}
      {button('unmute')}
      {button('hold')}
      {button('resume')}
      {actions.includes('send_digits') ? <Keypad callId={call.callId} /> : null}
      {panels.includes('transfer') ? (
        <ActionButton
          label={t('call.transfer')}
          chord={chords.transfer}
          icon={<IconArrowForwardUp size={18} />}
          size="md"
          className={styles['tile']}
          expanded={openPanel === 'transfer'}
          onClick={() => {
            togglePanel('transfer', call.callId);
          }}
        />
      ) : null}
      {panels.includes('add_call') ? (
        <ActionButton
          label={t('call.addCall')}
          chord={chords.addCall}
          icon={<IconPhonePlus size={18} />}
          size="md"
          className={styles['tile']}
          expanded={openPanel === 'add_call'}
          onClick={() => {
            togglePanel('add_call', call.callId);
          }}
        />
      ) : null}
      <span className={styles['end']}>{button('end')}</span>
    </div>
  );
};
