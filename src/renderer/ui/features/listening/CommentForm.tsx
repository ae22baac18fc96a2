import { TextInput } from '@mantine/core';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { durationText } from '../../i18n/formats.ts';
import styles from './ListeningPlayer.module.css';

/** A comment stands where the recording stood when it was begun. */
export const CommentForm = ({
  fieldRef,
  position,
  ms,
  onComment,
}: {
  readonly fieldRef: Ref<HTMLInputElement>;
  readonly position: () => number;
  /** What is shown while nothing is being written. */
  readonly ms: number;
  readonly onComment: (atMs: number, text: string) => Promise<boolean>;
}) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [atMs, setAtMs] = useState<number | null>(null);
  const [sending, setSending] = useState(false);
  const label = t('listening.commentAt', { time: durationText(atMs ?? ms) });
  return (
    <form
      className={styles['comment']}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '' || sending) return;
        setSending(true);
        void onComment(atMs ?? position(), text).then((kept) => {
          setSending(false);
          if (!kept) return;
          setText('');
          setAtMs(null);
        });
      }}
    >
      <TextInput
        ref={fieldRef}
        className={styles['field'] ?? ''}
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={2_000}
        size="sm"
        onChange={(event) => {
          const { value } = event.currentTarget;
          setText(value);
          if (value === '') setAtMs(null);
          else setAtMs((before) => before ?? position());
        }}
      />
      <ActionButton
        label={t('listening.comment')}
        loading={sending}
        disabled={text.trim() === ''}
        onClick={(event) => {
          event.currentTarget.form?.requestSubmit();
        }}
      />
    </form>
  );
};
