import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { giveNotice } from '../../state/notice-store.ts';

/** Says what a supervisor decided about time that the agent asked to be excused. */
export const useDecisionNotices = (): void => {
  const { t } = useTranslation();
  const locale = useLocale();
  const decided = useDesk((desk) => desk.exceptionDecided);
  const before = useRef(decided);
  useEffect(() => {
    if (decided === null || decided === before.current) return;
    before.current = decided;
    if (decided.state === 'pending') return;
    const { state, decidedBy, startsAt, endsAt, answer } = decided;
    giveNotice({
      tone: 'info',
      text: t(`shift.decided.${state}`, {
        name: decidedBy ?? '',
        span: `${timeText(startsAt, locale)} – ${timeText(endsAt, locale)}`,
      }),
      detail: answer === '' ? null : answer,
    });
  }, [decided, t, locale]);
};
