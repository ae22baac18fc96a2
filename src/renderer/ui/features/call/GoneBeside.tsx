import { useTranslation } from 'react-i18next';
import type { Work } from '../../state/work.ts';
import { endOf } from './EndReason.tsx';
import styles from './TransferProgress.module.css';
import { useCaller } from './use-caller.ts';

/** Why somebody called beside the call that goes on is not there. */
export const GoneBeside = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const end = endOf(work);
  if (end === null) return null;
  return (
    <p
      className={styles['failed']}
      data-tone="wrap-up"
      data-call-id={work.callId}
      data-call-state={work.state}
    >
      <strong>{caller.name}</strong> · {t(`end.${end.outcome}.${end.side}`)}
    </p>
  );
};
