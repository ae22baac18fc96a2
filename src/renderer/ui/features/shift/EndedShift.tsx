import { ActionIcon } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useTranslation } from 'react-i18next';
import type { AdherenceDay } from '../../../../shared/api/shifts.ts';
import { dismissSummary } from '../../state/shift-store.ts';
import styles from './EndedShift.module.css';
import { ShiftSummary } from './ShiftSummary.tsx';

/** After the sign-out at the end of a shift: what it came to, until it was read. */
export const EndedShift = ({ day }: { readonly day: AdherenceDay }) => {
  const { t } = useTranslation();
  return (
    <div className={styles['card']}>
      <ShiftSummary day={day} />
      <ActionIcon
        className={styles['close']}
        aria-label={t('common.dismiss')}
        onClick={dismissSummary}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
};
