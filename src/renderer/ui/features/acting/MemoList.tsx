import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Memo } from '../../../../shared/api/acting.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { pastText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { order } from '../../state/orders.ts';
import { useNow } from '../../state/use-now.ts';
import { show } from '../../state/view-store.ts';
import styles from './Acting.module.css';
import { useMemoText } from './use-memo-text.ts';

/** What supervisors did and wrote, each until it was read. */
export const MemoList = ({ onDone }: { readonly onDone: () => void }) => {
  const memos = useDesk((desk) => desk.memos);
  const isEmpty = memos === undefined || memos.length === 0;
  useEffect(() => {
    if (isEmpty) onDone();
  }, [isEmpty, onDone]);
  return (
    <ol className={styles['memos']}>
      {(memos ?? []).map((memo, index) => (
        <MemoItem key={memo.id} memo={memo} isFirst={index === 0} onDone={onDone} />
      ))}
    </ol>
  );
};

const MemoItem = ({
  memo,
  isFirst,
  onDone,
}: {
  readonly memo: Memo;
  readonly isFirst: boolean;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow('minute');
  const textOf = useMemoText();
  const button = useRef<HTMLButtonElement>(null);
  // The one before it was read: the caret goes on.
  useEffect(() => {
    if (isFirst) button.current?.focus();
  }, [isFirst]);
  return (
    <li>
      <p className={styles['note']}>{`${memo.by} · ${pastText(memo.at, now, locale)}`}</p>
      <p className={styles['memo']}>{textOf(memo)}</p>
      <div className={styles['memoButtons']}>
        {memo.kind === 'wrap_up' ? (
          <Button
            variant="subtle"
            color="not-ready"
            size="xs"
            onClick={() => {
              onDone();
              show({ kind: 'contact', contactId: memo.contactId });
            }}
          >
            {t('memo.openContact')}
          </Button>
        ) : null}
        <Button
          ref={button}
          variant="light"
          size="xs"
          onClick={() => void order('memos.read', { memoId: memo.id })}
        >
          {t('memo.read')}
        </Button>
      </div>
    </li>
  );
};
