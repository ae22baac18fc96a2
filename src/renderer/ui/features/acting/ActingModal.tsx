import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { closeActing } from '../../state/acting-store.ts';

export const ActingModal = ({
  title,
  size = '32rem',
  children,
}: {
  readonly title: string;
  readonly size?: string;
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      centered
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      overlayProps={{ backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 0 }}
      onClose={closeActing}
    >
      {children}
    </Modal>
  );
};
