import IconArrowDownLeft from '@tabler/icons-react/dist/esm/icons/IconArrowDownLeft.mjs';
import IconArrowUpRight from '@tabler/icons-react/dist/esm/icons/IconArrowUpRight.mjs';
import IconPhoneX from '@tabler/icons-react/dist/esm/icons/IconPhoneX.mjs';
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
  /** How it came to nothing; empty: it did not. */
  readonly ended: string;
};

/** One contact of the past, in two lines; opens its page. */
export const ContactLine = ({
  direction,
  hasRecording,
  missed = false,
  text,
  keys,
  onOpen,
}: {
  readonly direction: 'inbound' | 'outbound';
  readonly hasRecording: boolean;
  /** It rang and was not answered: worth a second look; `technical`: through no doing of the agent's. */
  readonly missed?: boolean | 'technical';
  readonly text: ContactText;
  /** For `aria-keyshortcuts`. */
  readonly keys?: string;
  readonly onOpen: () => void;
}) => (
  <button
    type="button"
    className={styles['line']}
    data-row
    aria-keyshortcuts={keys}
    onClick={onOpen}
  >
    <span
      className={styles['icon']}
      role="img"
      aria-label={text.direction}
      data-missed={missed === false ? undefined : missed}
    >
      {missed !== false ? (
        <IconPhoneX size={16} />
      ) : direction === 'inbound' ? (
        <IconArrowDownLeft size={16} />
      ) : (
        <IconArrowUpRight size={16} />
      )}
    </span>
    <span className={styles['words']}>
      <span className={styles['first']}>
        <span className={styles['title']}>{text.title}</span>
        <span className={styles['when']}>{text.when}</span>
      </span>
      <span className={styles['second']}>
        <span>
          {text.ended === '' ? null : (
            <span className={styles['ended']} data-missed={missed === false ? undefined : missed}>
              {text.ended}
            </span>
          )}
          {text.ended === '' || text.about === '' ? '' : ' · '}
          {text.about}
        </span>
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
