import { Button, Popover } from '@mantine/core';
import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import type { NotedSeconds } from '../../../../shared/domain/line-quality/call-notes.ts';
import { chords } from '../../state/chords.ts';
import { orderPhone } from '../../state/orders.ts';
import { show } from '../../state/view-store.ts';
import styles from './VoiceTrouble.module.css';

/** In a line beside the call: what is wrong with the agent's voice; pressed, the one thing to do about it. */
export const VoiceTrouble = ({
  callId,
  word,
}: {
  readonly callId: string;
  readonly word: NotedSeconds;
}) => {
  const { t } = useTranslation();
  const heard = word === 'low' || word === 'clipped';
  const Icon = heard ? IconMicrophone : IconMicrophoneOff;
  return (
    <Popover position="bottom-start" width={320}>
      <Popover.Target>
        <button
          type="button"
          className={styles['trouble']}
          data-tone={heard ? 'wrap-up' : 'danger'}
        >
          <Icon size={16} aria-hidden="true" />
          <span className={`${styles['words'] ?? ''} ${styles['wide'] ?? ''}`}>
            {t(`call.voice.${word}`)}
          </span>
          <span className={styles['narrow']}>{t(`status.microphone.${word}`)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={styles['help']}>{t(`call.voiceHelp.${word}`)}</p>
        {word === 'muted_talking' ? (
          <ActionButton
            label={t('call.unmute')}
            chord={chords.mute}
            onClick={() => {
              void orderPhone({ kind: 'unmute', callId });
            }}
          />
        ) : (
          <Button
            variant="light"
            size="sm"
            onClick={() => {
              show({ kind: 'settings' });
            }}
          >
            {t('call.chooseMicrophone')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
};
