import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask } from '../../state/orders.ts';

/**
 * Says why a join ended that the supervisor did not end, and to an agent who took the call over; screen readers read
 * notices by themselves.
 */
export const useJoinNotices = (): void => {
  const { t } = useTranslation();
  const over = useDesk(({ join }) => (join?.state === 'ended' ? join : null));
  const why = over?.why ?? null;
  const name = over?.agent.name ?? '';
  const joinId = over?.joinId ?? null;
  useEffect(() => {
    if (joinId === null || why === null) return;
    giveNotice({ tone: 'info', text: t(`supervision.ended.${why}`, { name }), detail: null });
    void ask('supervision.dismiss', null);
  }, [joinId, why, name, t]);
  const takenOver = useDesk((desk) => desk.takenOver ?? null);
  const told = useRef(takenOver);
  useEffect(() => {
    if (takenOver === null || takenOver === told.current) return;
    told.current = takenOver;
    giveNotice({ tone: 'info', text: t('supervision.tookOver', takenOver), detail: null });
  }, [takenOver, t]);
};
