import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maximumNote } from '../../../../shared/api/coaching.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { matchesChord } from '../../components/chord.ts';
import { announce } from '../../state/announcement-store.ts';
import { chords } from '../../state/chords.ts';
import styles from './Quality.module.css';

/** A note to an agent: the caret is in it at once, and the key that completes a wrap-up sends it. */
export const NoteForm = ({
  agent,
  onWrite,
  onDone,
}: {
  readonly agent: { readonly id: string; readonly name: string };
  /** Answers whether it was kept; asked again with the same id it is one note. */
  readonly onWrite: (noteId: string, text: string) => Promise<boolean>;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation();
  const [noteId] = useState(() => crypto.randomUUID());
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);

  const send = async (): Promise<void> => {
    if (text.trim() === '' || sending) return;
    setSending(true);
    const kept = await onWrite(noteId, text.trim());
    setSending(false);
    if (!kept) return;
    announce(t('coaching.sent', { name: agent.name }));
    onDone();
  };

  return (
    <section
      className={styles['form']}
      aria-label={t('coaching.noteFor', { name: agent.name })}
      onKeyDown={(event) => {
        if (event.defaultPrevented || event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          onDone();
        } else if (matchesChord(event.nativeEvent, chords.completeWrapUp)) {
          event.preventDefault();
          void send();
        }
      }}
    >
      <Textarea
        ref={field}
        label={t('coaching.noteFor', { name: agent.name })}
        description={t('coaching.seenAtOnce', { name: agent.name })}
        value={text}
        rows={4}
        maxLength={maximumNote}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <div className={styles['buttons']}>
        <ActionButton label={t('quality.cancel')} variant="subtle" onClick={onDone} />
        <ActionButton
          label={t('coaching.send')}
          chord={chords.completeWrapUp}
          color="brand"
          variant="filled"
          loading={sending}
          disabled={text.trim() === ''}
          onClick={() => void send()}
        />
      </div>
    </section>
  );
};
