import IconUserX from '@tabler/icons-react/dist/esm/icons/IconUserX.mjs';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';

/** The record went away while it was on screen; the call and its wrap-up do not depend on it. */
export const DeletedCustomer = () => {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconUserX size={32} stroke={1.5} />}
      title={t('match.deletedTitle')}
      text={t('match.deletedText')}
    />
  );
};
