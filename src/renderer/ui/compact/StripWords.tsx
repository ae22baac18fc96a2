import type { ReactNode } from 'react';
import type { Tone } from '../components/Tag.tsx';
import styles from './Strip.module.css';
import { useStripNotice } from './use-strip-notice.ts';

/** One line in large, one in small, and a clock. What just could not be done takes the small line for a moment. */
export const StripWords = ({
  tone,
  title,
  line,
  clock,
  callId,
}: {
  readonly tone: Tone;
  readonly title: string;
  readonly line: ReactNode;
  readonly clock?: string;
  /** The call that this tells of. */
  readonly callId?: string;
}) => {
  const notice = useStripNotice();
  return (
    <>
      <div
        className={styles['words']}
        data-tone={notice?.tone === 'error' ? 'danger' : tone}
        data-call-id={callId}
      >
        <p className={styles['title']} title={title}>
          {title}
        </p>
        <p className={styles['line']} data-noticed={notice === null ? undefined : true}>
          {notice === null ? line : null}
        </p>
        <p className={styles['notice']} role="status">
          {notice?.text}
        </p>
      </div>
      {clock === undefined ? null : <p className={styles['clock']}>{clock}</p>}
    </>
  );
};
