import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useRingTest } from './ring-test.ts';
import styles from './RingTest.module.css';

/** Rings once as a call would, and asks whether that was heard. The answer is kept as evidence. */
export const RingTest = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const proof = useDesk((desk) => desk.settings.ringProof);
  const { state, play, answer } = useRingTest();
  const asked = state === 'played';
  return (
    <div className={styles['test']} data-ring-test={state}>
      <p className={styles['words']} role="status">
        {asked
          ? t('devices.ring.heard')
          : state === 'failed'
            ? t('devices.ring.failed')
            : proof === null
              ? t('devices.ring.never')
              : t(proof.heard ? 'devices.ring.proven' : 'devices.ring.unheard', {
                  when: dateTimeText(proof.at, locale),
                })}
      </p>
      <span className={styles['buttons']}>
        {asked ? (
          <>
            <Button
              color="ready"
              size="sm"
              onClick={() => {
                answer(true);
              }}
            >
              {t('devices.ring.yes')}
            </Button>
            <Button
              variant="light"
              color="not-ready"
              size="sm"
              onClick={() => {
                answer(false);
              }}
            >
              {t('devices.ring.no')}
            </Button>
          </>
        ) : (
          <Button
            variant="light"
            color="not-ready"
            size="sm"
            disabled={state === 'playing'}
            onClick={play}
          >
            {t('devices.ring.play')}
          </Button>
        )}
      </span>
    </div>
  );
};
