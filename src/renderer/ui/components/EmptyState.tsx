import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** A place with nothing in it yet, and what would fill it. */
export const EmptyState = ({
  icon,
  title,
  text,
  action,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}) => (
  <div className={styles['empty']}>
    <span className={styles['icon']} aria-hidden="true">
      {icon}
    </span>
    <p className={styles['title']}>{title}</p>
    {text === undefined ? null : <p className={styles['text']}>{text}</p>}
    {action}
  </div>
);
