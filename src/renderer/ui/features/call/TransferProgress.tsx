import IconArrowForwardUp from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import { useTranslation } from 'react-i18next';
import type { Call, Transfer } from '../../../../shared/domain/call/call.ts';
import { useTargetText } from '../../state/use-target-text.ts';
import { failureKey } from './transfer-failure.ts';
import styles from './TransferProgress.module.css';

/** A call on its way to somebody else, in the place of what could be done with it. */
export const TransferProgress = ({ transfer }: { readonly transfer: Transfer }) => {
  const { t } = useTranslation();
  const targetText = useTargetText();
  if (transfer.state === 'failed') return null;
  return (
    <p className={styles['progress']}>
      <IconArrowForwardUp size={20} aria-hidden="true" className={styles['icon']} />
      <span className={styles['words']}>
        {t(`transfer.${transfer.state}`, { to: targetText(transfer.to) })}
        <span className={styles['aside']}>{t('transfer.waits')}</span>
      </span>
    </p>
  );
};

/** Why nobody took the call, and that it is here again. */
export const TransferFailed = ({ call, name }: { readonly call: Call; readonly name: string }) => {
  const { t } = useTranslation();
  const targetText = useTargetText();
  const transfer = call.state === 'connected' ? call.transfer : null;
  if (transfer?.state !== 'failed') return null;
  const to = targetText(transfer.to);
  return (
    <p className={styles['failed']} data-tone="wrap-up">
      <strong>{t(`transfer.failed.${failureKey(transfer.sipCode)}`, { to })}</strong>{' '}
      {t('transfer.back', { name })}
    </p>
  );
};
