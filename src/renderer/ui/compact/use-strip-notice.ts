import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../bridge/desk-store.ts';
import { dismissNotice, giveNotice, useNotices, type Notice } from '../state/notice-store.ts';
import { order } from '../state/orders.ts';

const shownMs = 6_000;

/** What could not be done, for a moment: the strip has no room to keep it. */
export const useStripNotice = (): Notice | null => {
  const { t } = useTranslation();
  const latest = useNotices(({ notices }) => notices.at(-1) ?? null);
  const request = useDesk((desk) => desk.dialRequest);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (request?.state !== 'refused' || told.current === request.id) return;
    told.current = request.id;
    giveNotice({
      tone: request.why === 'no_number' ? 'info' : 'error',
      text: t(`dialRequest.refused.${request.why}`),
      detail: null,
    });
    void order('dialRequest.settle', { id: request.id });
  }, [request, t]);
  const id = latest?.id ?? null;
  useEffect(() => {
    if (id === null) return;
    const timer = setTimeout(() => {
      dismissNotice(id);
    }, shownMs);
    return () => {
      clearTimeout(timer);
    };
  }, [id]);
  return latest;
};
