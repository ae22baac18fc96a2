import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../../bridge/phone-store.ts';
import { giveNotice } from '../../state/notice-store.ts';

/** Says which device took another's place; in a call it stays until it was read. */
export const useDeviceNotices = (): void => {
  const { t } = useTranslation();
  const replaced = usePhone((phone) => phone?.devices.replaced ?? null);
  const engineId = usePhone((phone) => phone?.engineId ?? null);
  const said = useRef(`${engineId ?? ''} ${replaced?.number ?? 0}`);
  useEffect(() => {
    const now = `${engineId ?? ''} ${replaced?.number ?? 0}`;
    if (now === said.current) return;
    said.current = now;
    if (replaced === null) return;
    const { inCall, why, from, roles } = replaced;
    giveNotice({
      tone: inCall && why === 'gone' ? 'error' : 'info',
      text: t(`devices.replaced.${why}`, { name: from }),
      detail: roles
        .map(({ role, to }) => `${t(`settings.${role}`)}: ${to ?? t('devices.nothing')}`)
        .join(' · '),
    });
  }, [replaced, engineId, t]);
};
