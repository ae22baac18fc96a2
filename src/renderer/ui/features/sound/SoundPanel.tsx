import { Button, Switch } from '@mantine/core';
import IconVolume from '@tabler/icons-react/dist/esm/icons/IconVolume.mjs';
import IconVolume2 from '@tabler/icons-react/dist/esm/icons/IconVolume2.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { useLocale } from '../../i18n/use-locale.ts';
import { chords } from '../../state/chords.ts';
import {
  decibels,
  microphoneName,
  processingOf,
  stepVolume,
  tellLoud,
  toggleSuppression,
  volumeOf,
} from './sound-orders.ts';
import styles from './SoundPanel.module.css';
import { useSuppressionCost } from './use-suppression-cost.ts';

/** How the call sounds that is heard now, and what can be done about it. */
export const SoundPanel = () => {
  const { t, i18n } = useTranslation();
  const locale = useLocale();
  const settings = useDesk((desk) => desk.settings);
  const microphone = usePhone(microphoneName);
  const cost = useSuppressionCost();
  const callId = usePhone(
    (phone) =>
      phone?.calls.find((call) => call.state === 'connected' && call.hold === 'none')?.callId ??
      null,
  );
  const volume = usePhone((phone) => (callId === null ? 0 : volumeOf(phone, callId)));
  const step = (way: 'louder' | 'quieter') => () => {
    if (callId !== null) void stepVolume(callId, volume, way, t, i18n.language);
  };
  return (
    <div className={styles['panel']}>
      {callId === null ? null : (
        <>
          <div className={styles['row']} role="group" aria-label={t('sound.volume')}>
            <ActionButton
              label={t('sound.quieter')}
              chord={chords.quieter}
              icon={<IconVolume2 size={16} />}
              size="xs"
              onClick={step('quieter')}
            />
            <span className={styles['volume']}>{decibels(volume, locale)}</span>
            <ActionButton
              label={t('sound.louder')}
              chord={chords.louder}
              icon={<IconVolume size={16} />}
              size="xs"
              onClick={step('louder')}
            />
          </div>
          <Button
            variant="light"
            color="not-ready"
            size="xs"
            onClick={() => {
              void tellLoud(callId, t);
            }}
          >
            {t('sound.wasLoud')}
          </Button>
        </>
      )}
      {microphone === null ? null : (
        <Switch
          label={t('sound.strongSuppression')}
          description={cost}
          checked={processingOf(settings, microphone).strongSuppression}
          onChange={() => {
            toggleSuppression(settings, microphone, t);
          }}
        />
      )}
    </div>
  );
};
