import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { wrapUpRecordOf } from '../../../../shared/domain/wrap-up/wrap-up-record.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { announce } from '../../state/announcement-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { useCodeText } from '../../state/use-contact-text.ts';

/** A wrap-up that ended without its agent says so. */
export const useWrapUpNotices = (): void => {
  const { t } = useTranslation();
  const codeText = useCodeText();
  const finished = useDesk((desk) => desk.finished);
  const told = useRef(finished?.callId ?? null);
  useEffect(() => {
    if (finished === null || finished.callId === told.current) return;
    told.current = finished.callId;
    const record = wrapUpRecordOf(finished.facts);
    if (record === null || record.completedBy === 'agent') return;
    const code = codeText(record.current.codes[0] ?? null);
    const text =
      record.completedBy === 'supervisor'
        ? t('wrapUp.closedBySupervisor')
        : code === null
          ? t('wrapUp.timeOverNoCode')
          : t('wrapUp.timeOver', { code });
    giveNotice({ tone: 'info', text, detail: null });
    announce(text);
  }, [finished, codeText, t]);
};
