import type { ReactNode } from 'react';
import styles from './PersonRow.module.css';

/** Somebody who can be called by one press: who, how they are, and what else can be done with the line. */
export const PersonRow = ({
  icon,
  title,
  about,
  state,
  since,
  why,
  onCall,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly about: string;
  readonly state?: ReactNode;
  readonly since?: ReactNode;
  /** Why a call makes no sense now; null: it does. */
  readonly why: string | null;
  /** Absent where this is nobody to call, such as a queue. */
  readonly onCall?: () => void;
  readonly children?: ReactNode;
}) => {
  const words = (
    <>
      <span className={styles['icon']}>{icon}</span>
      <span className={styles['words']}>
        <span className={styles['first']}>
          <span className={styles['name']}>{title}</span>
          <span className={styles['about']}>{about}</span>
        </span>
        <span className={styles['second']}>
          {state}
          <span className={styles['about']}>{since}</span>
        </span>
      </span>
    </>
  );
  return (
    <li className={styles['row']}>
      {onCall === undefined ? (
        <div className={styles['person']} tabIndex={-1} data-row>
          {words}
        </div>
      ) : (
        <button
          type="button"
          className={styles['person']}
          data-row
          // Still there for the keyboard, which otherwise would lose its place as somebody's state changes.
          aria-disabled={why !== null || undefined}
          title={why ?? undefined}
          onClick={() => {
            if (why === null) onCall();
          }}
        >
          {words}
        </button>
      )}
      {children}
    </li>
  );
};
