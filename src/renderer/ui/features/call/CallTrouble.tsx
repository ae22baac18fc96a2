import { Popover } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Outage } from '../../state/outage.ts';
import styles from './CallTrouble.module.css';

/** In a line beside the call: what is wrong with it; pressed, more of it. */
export const CallTrouble = ({
  icon: Sign,
  tone,
  words,
  short,
  outage,
  children,
}: {
  readonly icon: Icon;
  readonly tone: 'wrap-up' | 'danger';
  readonly words: string;
  /** Where the window is narrow. */
  readonly short: string;
  readonly outage?: Outage;
  readonly children: ReactNode;
}) => (
  <Popover position="bottom-start" width={320}>
    <Popover.Target>
      <button type="button" className={styles['trouble']} data-outage={outage} data-tone={tone}>
        <Sign size={16} aria-hidden="true" />
        <span className={`${styles['words'] ?? ''} ${styles['wide'] ?? ''}`}>{words}</span>
        <span className={styles['narrow']}>{short}</span>
      </button>
    </Popover.Target>
    <Popover.Dropdown>{children}</Popover.Dropdown>
  </Popover>
);
