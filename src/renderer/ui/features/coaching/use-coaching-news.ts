import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { announce } from '../../state/announcement-store.ts';

/** Something new is said to screen readers when they have nothing else to say; the rail shows how much waits. */
export const useCoachingNews = (): void => {
  const { t } = useTranslation();
  const unread = useDesk(({ coaching }) => coaching?.unread ?? 0);
  const before = useRef(unread);
  useEffect(() => {
    if (unread > before.current) announce(t('coaching.news', { count: unread }));
    before.current = unread;
  }, [unread, t]);
};
