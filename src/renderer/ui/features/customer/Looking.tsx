import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import IconPlugConnectedX from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs';
import styles from './Looking.module.css';

/** The call is here and its record is not: it is on its way, or cannot come. */
export const Looking = () => {
  const { t } = useTranslation();
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  if (!connected) {
    return (
      <EmptyState
        icon={<IconPlugConnectedX size={32} stroke={1.5} />}
        title={t('customer.awayTitle')}
        text={t('customer.awayText')}
      />
    );
  }
  return (
    <div className={styles['looking']}>
      <p className="rs-hidden">{t('match.looking')}</p>
      <div className={styles['head']}>
        <Skeleton circle height={56} animate={false} />
        <Skeleton height={24} width="60%" animate={false} />
      </div>
      <Skeleton height={64} animate={false} />
      <Skeleton height={64} animate={false} />
      <Skeleton height={120} animate={false} />
    </div>
  );
};
