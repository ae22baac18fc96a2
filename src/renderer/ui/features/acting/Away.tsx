import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Acting.module.css';

/** The backend could not be asked; nothing was changed. */
export const Away = ({ onRetry }: { readonly onRetry: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className={styles['away']}>
      <p>{t('acting.away')}</p>
      <Button variant="light" onClick={onRetry}>
        {t('acting.retry')}
      </Button>
    </div>
  );
};
