import { ActionIcon } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import styles from './NoticeStack.module.css';

export type ShownNotice = {
  readonly id: number;
  readonly tone: 'error' | 'info';
  readonly text: string;
  readonly detail: string | null;
};

/** What just could not be done, at the edge of the window and out of the way. */
export const NoticeStack = ({
  notices,
  dismissLabel,
  onDismiss,
}: {
  readonly notices: readonly ShownNotice[];
  readonly dismissLabel: string;
  readonly onDismiss: (id: number) => void;
}) => (
  <div className={styles['stack']} role="status">
    {notices.map((notice) => (
      <div
        key={notice.id}
        className={styles['notice']}
        data-tone={notice.tone === 'error' ? 'danger' : 'ready'}
      >
        <span className={styles['icon']}>
          {notice.tone === 'error' ? (
            <IconAlertTriangle size={18} />
          ) : (
            <IconCircleCheck size={18} />
          )}
        </span>
        <div className={styles['words']}>
          <p>{notice.text}</p>
          {notice.detail === null ? null : <p className={styles['detail']}>{notice.detail}</p>}
        </div>
        <ActionIcon
          aria-label={dismissLabel}
          onClick={() => {
            onDismiss(notice.id);
          }}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
    ))}
  </div>
);
