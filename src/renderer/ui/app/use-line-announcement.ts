import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../bridge/desk-store.ts';
import { announce } from '../state/announcement-store.ts';

/** Tells screen readers what is the matter with the line and what to do, each thing once a call. */
export const useLineAnnouncement = (): void => {
  const { t } = useTranslation();
  const callId = useDesk(({ line }) => line?.callId ?? null);
  const warning = useDesk(({ line }) => line?.warning ?? null);
  const said = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (callId === null || warning === null) return;
    const key = `${callId} ${warning}`;
    if (said.current.has(key)) return;
    said.current = new Set([...said.current, key].slice(-20));
    announce(t(`status.warning.${warning}`));
  }, [callId, warning, t]);
};
