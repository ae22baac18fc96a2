import type { ReactNode } from 'react';
import styles from './Tag.module.css';

export type Tone = 'ready' | 'engaged' | 'wrap-up' | 'not-ready' | 'danger';

/** A word in a quiet pill. */
export const Tag = ({
  tone = 'not-ready',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) => (
  <span className={styles['tag']} data-tone={tone}>
    {icon}
    {children}
  </span>
);
