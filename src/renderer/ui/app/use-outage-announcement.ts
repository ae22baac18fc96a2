import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../bridge/phone-store.ts';
import { announce } from '../state/announcement-store.ts';
import { useOutage } from '../state/outage.ts';

/** Tells screen readers that a call has lost its way, and that it has found another, each once. */
export const useOutageAnnouncement = (): void => {
  const { t } = useTranslation();
  const lost = usePhone((phone) => phone?.lostPaths?.[0]?.callId ?? null);
  const outage = useOutage(lost);
  const isUp = usePhone(
    (phone) => phone?.calls.some((call) => call.state === 'connected') ?? false,
  );
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (lost !== null && lost !== before.current && outage !== null) {
      announce(t(`call.outage.${outage}`));
    }
    // A call that has ended says so itself.
    if (lost === null && before.current !== null && isUp) announce(t('call.outageOver'));
    before.current = lost;
  }, [lost, outage, isUp, t]);
};
