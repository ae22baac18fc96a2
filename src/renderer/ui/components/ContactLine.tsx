import IconArrowDownLeft from '@tabler/icons-react/dist/esm/icons/IconArrowDownLeft.mjs';
import IconArrowUpRight from '@tabler/icons-react/dist/esm/icons/IconArrowUpRight.mjs';
import IconVolume from '@tabler/icons-react/dist/esm/icons/IconVolume.mjs';
import styles from './ContactLine.module.css';

export type ContactText = {
  readonly direction: string;
  /** What it was about. */
  readonly title: string;
  readonly when: string;
  readonly about: string;
  readonly notes: string;
  readonly recorded: string;
};

/** One contact of the past, in two lines; opens its page. */
export const ContactLine = ({
  direction,
  hasRecording,
  text,
  onOpen,
}: {
  readonly direction: 'inbound' | 'outbound';
  readonly hasRecording: boolean;
  readonly text: ContactText;
  readonly onOpen: () => void;
}) => (
  <button type="button" className={styles['line']} onClick={onOpen}>
    <span className={styles['icon']} role="img" aria-label={text.direction}>
      {direction === 'inbound' ? <IconArrowDownLeft size={16} /> : <IconArrowUpRight size={16} />}
    </span>
    <span className={styles['words']}>
      <span className={styles['first']}>
        <span className={styles['title']}>{text.title}</span>
        <span className={styles['when']}>{text.when}</span>
      </span>
      <span className={styles['second']}>
        <span>{text.about}</span>
        {hasRecording ? (
          <span className={styles['recorded']} role="img" aria-label={text.recorded}>
            <IconVolume size={16} />
          </span>
        ) : null}
      </span>
      {text.notes === '' ? null : <span className={styles['notes']}>{text.notes}</span>}
    </span>
  </button>
);
