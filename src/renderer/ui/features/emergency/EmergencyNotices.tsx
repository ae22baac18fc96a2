import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmergencyCall } from '../../../../shared/api/emergency.ts';
import { addressText } from '../../../../shared/domain/emergency/location.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { order } from '../../state/orders.ts';
import { useWorks } from '../../state/use-works.ts';
import { useView } from '../../state/view-store.ts';
import styles from './Emergency.module.css';
import { showPlace } from './place-field.ts';

const none: readonly EmergencyCall[] = [];

/**
 * A colleague's call for help, and the question where the agent is, before whatever else there is to be told. They lie over
 * the page and move nothing.
 */
export const EmergencyNotices = ({ children }: { readonly children?: ReactNode }) => {
  const calls = useDesk(({ emergencies }) => emergencies ?? none);
  const asks = useDesk(
    ({ emergencyPlace: place = null, session }) =>
      // Calls for help of the demo reach nobody.
      (session.state !== 'signed_in' || !session.demo) &&
      place !== null &&
      place.confirmed === null &&
      !place.later,
  );
  // Whoever is in a call has other things to do.
  const isFree = useWorks().length === 0;
  const isAnswering = useView(({ place }) => place.kind === 'settings');
  const isShown = asks && isFree && !isAnswering && calls.length === 0;
  return (
    <div className={styles['place']} data-low={isShown || undefined}>
      {calls.map((call) => (
        <CallForHelp key={call.callKey} call={call} />
      ))}
      {children}
      {isShown ? <WhereQuestion /> : null}
    </div>
  );
};

const CallForHelp = ({ call }: { readonly call: EmergencyCall }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { agent, number, at, address, isConfirmed } = call;
  const text = t('emergency.called', { name: agent.name, number });
  const told = useRef(false);
  useEffect(() => {
    if (told.current) return;
    told.current = true;
    announce(text, 'urgent');
  }, [text]);
  return (
    <section className={styles['notice']} data-tone="danger" aria-label={text}>
      <p className={styles['title']}>{text}</p>
      <p>{t('emergency.reach', { time: timeText(at, locale), extension: agent.extension })}</p>
      <p>
        {address === null
          ? t('emergency.noAddress')
          : t(isConfirmed ? 'emergency.at' : 'emergency.lastAt', {
              address: addressText(address),
            })}
      </p>
      <div className={styles['buttons']}>
        <Button
          size="xs"
          variant="light"
          color="not-ready"
          onClick={() => void order('emergency.read', { callKey: call.callKey })}
        >
          {t('emergency.read')}
        </Button>
      </div>
    </section>
  );
};

const WhereQuestion = () => {
  const { t } = useTranslation();
  return (
    <section
      className={styles['notice']}
      data-tone="ready"
      aria-label={t('emergency.where')}
      role="status"
    >
      <p className={styles['title']}>{t('emergency.where')}</p>
      <p>{t('emergency.whereHelp')}</p>
      <div className={styles['buttons']}>
        <Button size="xs" color="ready" onClick={showPlace}>
          {t('emergency.say')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="not-ready"
          onClick={() => void order('emergency.later', null)}
        >
          {t('emergency.later')}
        </Button>
      </div>
    </section>
  );
};
