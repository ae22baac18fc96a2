import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import styles from './OutOfPlan.module.css';

/** A line of words in the place of the buttons that asked for it; Escape brings those back. */
export const WordForm = ({
  label,
  hint,
  onSend,
  onClose,
  children,
}: {
  readonly label: string;
  readonly hint: string;
  readonly onSend: (words: string) => void;
  readonly onClose: () => void;
  /** The button that sends, by what was written. */
  readonly children: (words: string) => ReactNode;
}) => {
  const [words, setWords] = useState('');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        onSend(words.trim());
      }}
    >
      <TextInput
        className={styles['note']}
        aria-label={label}
        placeholder={hint}
        maxLength={500}
        value={words}
        autoFocus
        onChange={(event) => {
          setWords(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      />
      {children(words.trim())}
    </form>
  );
};
