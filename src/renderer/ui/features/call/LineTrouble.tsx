import { Popover } from '@mantine/core';
import IconActivity from '@tabler/icons-react/dist/esm/icons/IconActivity.mjs';
import { useTranslation } from 'react-i18next';
import type { LineWarning } from '../../../../shared/domain/line-quality/line-warning.ts';
import styles from './VoiceTrouble.module.css';

/** In a line beside the call: what is the matter with its sound, and what to do; pressed, the whole of it. */
export const LineTrouble = ({ warning }: { readonly warning: LineWarning }) => {
  const { t } = useTranslation();
  const sentence = t(`status.warning.${warning}`);
  return (
    <Popover position="bottom-start" width={320}>
      <Popover.Target>
        <button
          type="button"
          className={styles['trouble']}
          data-tone={warning === 'nothing_heard' ? 'danger' : 'wrap-up'}
        >
          <IconActivity size={16} aria-hidden="true" />
          <span className={`${styles['words'] ?? ''} ${styles['wide'] ?? ''}`}>{sentence}</span>
          <span className={styles['narrow']}>{t(`status.warningShort.${warning}`)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={styles['whole']}>{sentence}</p>
      </Popover.Dropdown>
    </Popover>
  );
};
