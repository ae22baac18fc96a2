import type { ReactNode } from 'react';
import styles from './Strip.module.css';

/** A button of the strip: its icon, and its name for readers and for whoever rests the pointer on it. */
export const StripButton = ({
  label,
  icon,
  tone,
  solid = false,
  named = false,
  pressed,
  disabled = false,
  onClick,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly tone?: 'ready' | 'danger' | 'engaged' | 'wrap-up';
  readonly solid?: boolean;
  /** The name stands in it, too. */
  readonly named?: boolean;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) => (
  <button
    type="button"
    className={styles['button']}
    aria-label={named ? undefined : label}
    aria-pressed={pressed}
    title={named ? undefined : label}
    data-tone={tone}
    data-solid={solid || undefined}
    data-named={named || undefined}
    disabled={disabled}
    onClick={onClick}
  >
    {icon}
    {named ? <span>{label}</span> : null}
  </button>
);
