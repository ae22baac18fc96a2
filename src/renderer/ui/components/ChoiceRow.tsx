import type { ReactNode } from 'react';
import { ariaKeys, type Chord } from './chord.ts';
import styles from './ChoiceRow.module.css';
import { KeyHint } from './KeyHint.tsx';

/** One of several people to choose from: who, what is known of them, and the key that chooses them. */
export const ChoiceRow = ({
  icon,
  title,
  about,
  end,
  chord = null,
  chosen,
  disabled = false,
  onChoose,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  /** A line each; empty ones are left out. */
  readonly about: readonly string[];
  readonly end?: ReactNode;
  readonly chord?: Chord | null;
  /** Absent where choosing is an act and leaves nothing chosen. */
  readonly chosen?: boolean;
  readonly disabled?: boolean;
  readonly onChoose: () => void;
}) => (
  <button
    type="button"
    className={styles['row']}
    aria-pressed={chosen}
    aria-keyshortcuts={chord === null ? undefined : ariaKeys(chord)}
    disabled={disabled}
    onClick={onChoose}
  >
    <span className={styles['icon']}>{icon}</span>
    <span className={styles['words']}>
      <span className={styles['title']}>{title}</span>
      {about
        .filter((line) => line !== '')
        .map((line) => (
          <span key={line} className={styles['about']}>
            {line}
          </span>
        ))}
    </span>
    {end}
    {chord === null ? null : <KeyHint chord={chord} />}
  </button>
);
