import { Button } from '@mantine/core';
import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconMicrophoneOff from '@tabler/icons-react/dist/esm/icons/IconMicrophoneOff.mjs';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import type { NotedSeconds } from '../../../../shared/domain/line-quality/call-notes.ts';
import { chords } from '../../state/chords.ts';
import { orderPhone } from '../../state/orders.ts';
import { show } from '../../state/view-store.ts';
import { CallTrouble } from './CallTrouble.tsx';
import styles from './CallTrouble.module.css';

/** What is wrong with the agent's voice; pressed, the one thing to do about it. */
export const VoiceTrouble = ({
  callId,
  word,
}: {
  readonly callId: string;
  readonly word: NotedSeconds;
}) => {
  const { t } = useTranslation();
  const heard = word === 'low' || word === 'clipped';
  return (
    <CallTrouble
      icon={heard ? IconMicrophone : IconMicrophoneOff}
      tone={heard ? 'wrap-up' : 'danger'}
      words={t(`call.voice.${word}`)}
      short={t(`status.microphone.${word}`)}
    >
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
    </CallTrouble>
  );
};
