import { Button, Skeleton } from '@mantine/core';
import IconChartBar from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import styles from './Reports.module.css';

/** In the place of what is being read, or could not be. */
export const NotHere = ({
  state,
  onRetry,
}: {
  readonly state: 'loading' | 'away' | 'refused';
  readonly onRetry: () => void;
}) => {
  const { t } = useTranslation();
  if (state === 'loading') {
    return (
      <div className={styles['loading']} aria-hidden="true">
        <Skeleton height={88} animate={false} />
        <Skeleton height={240} animate={false} />
        <Skeleton height={160} animate={false} />
      </div>
    );
  }
  return (
    <EmptyState
      icon={<IconChartBar size={32} stroke={1.5} />}
      title={t(state === 'away' ? 'reports.away' : 'reports.refused')}
      action={
        state === 'away' ? (
          <Button variant="light" onClick={onRetry}>
            {t('reports.retry')}
          </Button>
        ) : undefined
      }
    />
  );
};
