import IconActivity from '@tabler/icons-react/dist/esm/icons/IconActivity.mjs';
import { useTranslation } from 'react-i18next';
import type { LineWarning } from '../../../../shared/domain/line-quality/line-warning.ts';
import { CallTrouble } from './CallTrouble.tsx';
import styles from './CallTrouble.module.css';

/** What is the matter with the call's sound, and what to do; pressed, the whole of it. */
export const LineTrouble = ({ warning }: { readonly warning: LineWarning }) => {
  const { t } = useTranslation();
  const sentence = t(`status.warning.${warning}`);
  return (
    <CallTrouble
      icon={IconActivity}
      tone={warning === 'nothing_heard' ? 'danger' : 'wrap-up'}
      words={sentence}
      short={t(`status.warningShort.${warning}`)}
    >
      <p className={styles['whole']}>{sentence}</p>
    </CallTrouble>
  );
};
