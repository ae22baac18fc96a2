import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import IconPhoneOff from '@tabler/icons-react/dist/esm/icons/IconPhoneOff.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import { useTranslation } from 'react-i18next';
import { allowedActions } from '../../../../shared/domain/call/allowed-actions.ts';
import type { Call } from '../../../../shared/domain/call/call.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import { orderPhone } from '../../state/orders.ts';
import styles from './CallActions.module.css';
import { Keypad } from './Keypad.tsx';

type CallCommand = 'end' | 'hold' | 'resume' | 'mute' | 'unmute';

/** What can be done with the call now, and nothing else. */
export const CallActions = ({ call }: { readonly call: Call }) => {
  const { t } = useTranslation();
  const actions = allowedActions(call);
  const command = (kind: CallCommand) => () => {
    void orderPhone({ kind, callId: call.callId });
  };
  return (
    <div className={styles['actions']} role="group" aria-label={t('call.actions')}>
      {actions.includes('mute') ? (
        <ActionButton
          label={t('call.mute')}
          chord={chords.mute}
          icon={<IconMicrophone size={18} />}
          size="md"
          onClick={command('mute')}
        />
      ) : null}
      {actions.includes('unmute') ? (
        <ActionButton
          label={t('call.unmute')}
          chord={chords.mute}
          icon={<IconMicrophoneOff size={18} />}
          color="danger"
          size="md"
          onClick={command('unmute')}
        />
      ) : null}
      {actions.includes('hold') ? (
        <ActionButton
          label={t('call.hold')}
          chord={chords.hold}
          icon={<IconPlayerPause size={18} />}
          size="md"
          onClick={command('hold')}
        />
      ) : null}
      {actions.includes('resume') ? (
        <ActionButton
          label={t('call.resume')}
          chord={chords.hold}
          icon={<IconPlayerPlay size={18} />}
          color="brand"
          variant="filled"
          size="md"
          onClick={command('resume')}
        />
      ) : null}
      {actions.includes('send_digits') ? <Keypad callId={call.callId} /> : null}
      {actions.includes('end') ? (
        <span className={styles['end']}>
          <ActionButton
            label={t('call.end')}
            chord={chords.end}
            icon={<IconPhoneOff size={18} />}
            color="danger"
            variant="filled"
            size="md"
            onClick={command('end')}
          />
        </span>
      ) : null}
    </div>
  );
};
