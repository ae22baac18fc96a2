import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import styles from './DeviceOffer.module.css';
import { answerOffer, useOfferedDevice } from './device-offer.ts';

/** A better device came in a call: nothing changes until the agent says so. It lies over the page and moves nothing. */
export const DeviceOffer = () => {
  const { t } = useTranslation();
  const name = useOfferedDevice();
  return (
    <div className={styles['place']} role="status">
      {name === null ? null : (
        <div className={styles['offer']} data-tone="ready" data-device-offer>
          <p className={styles['words']}>{t('devices.offer', { name })}</p>
          <ActionButton
            label={t('devices.useIt')}
            chord={chords.useDevice}
            color="ready"
            size="xs"
            onClick={() => {
              answerOffer(true);
            }}
          />
          <ActionButton
            label={t('devices.notNow')}
            size="xs"
            variant="subtle"
            onClick={() => {
              answerOffer(false);
            }}
          />
        </div>
      )}
    </div>
  );
};
