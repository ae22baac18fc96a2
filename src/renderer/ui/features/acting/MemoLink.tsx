import IconMessage from '@tabler/icons-react/dist/esm/icons/IconMessage.mjs';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { openActing } from '../../state/acting-store.ts';
import { announce } from '../../state/announcement-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import styles from './MemoLink.module.css';
import { useMemoText } from './use-memo-text.ts';

/** What supervisors did and wrote and the agent has not read, one press away; nothing while there is none. */
export const MemoLink = () => {
  const { t } = useTranslation();
  const textOf = useMemoText();
  const memos = useDesk((desk) => desk.memos);
  const last = memos?.at(-1);
  const told = useRef(last?.id);
  useEffect(() => {
    if (last === undefined || last.id === told.current) return;
    told.current = last.id;
    const text = last.kind === 'message' ? t('memo.from', { by: last.by }) : textOf(last);
    announce(last.kind === 'message' ? `${text}: ${last.text}` : text);
    giveNotice({ tone: 'info', text, detail: last.kind === 'message' ? last.text : null });
  }, [last, t, textOf]);
  if (memos === undefined || last === undefined) return null;
  const text = t('memo.unread', { count: memos.length, by: last.by });
  return (
    <button
      type="button"
      className={styles['link']}
      title={text}
      onClick={() => {
        openActing({ kind: 'memos' });
      }}
    >
      <IconMessage size={18} aria-hidden="true" className={styles['icon']} />
      <span className={styles['name']}>{text}</span>
    </button>
  );
};
