import { useTranslation } from 'react-i18next';
import type { Memo } from '../../../../shared/api/acting.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useQueueText } from '../../state/use-contact-text.ts';

/** What a supervisor did or wrote, in words. */
export const useMemoText = (): ((memo: Memo) => string) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const queueText = useQueueText();
  return (memo) => {
    const { by } = memo;
    switch (memo.kind) {
      case 'message':
        return memo.text;
      case 'queues': {
        if (memo.queues.length === 0) return t('memo.noQueues', { by });
        const names = new Intl.ListFormat(locale).format(
          memo.queues.map((queue) => queueText(queue) ?? queue),
        );
        return memo.until === null
          ? t('memo.queues', { by, queues: names })
          : t('memo.queuesUntil', { by, queues: names, time: dateTimeText(memo.until, locale) });
      }
      case 'wrap_up':
        return memo.who === ''
          ? t('memo.wrapUpOfNobody', { by })
          : t('memo.wrapUp', { by, who: memo.who });
    }
  };
};
