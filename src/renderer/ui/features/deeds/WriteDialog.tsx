import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { closeWriting, useWriting } from '../../state/write-store.ts';
import { WriteForm } from './WriteForm.tsx';

/** A ticket, a note to one, or an escalation, in a system that the company uses. */
export const WriteDialog = () => {
  const { t } = useTranslation();
  const dialog = useWriting((kept) => kept.dialog);
  if (dialog === null) return null;
  return (
    <Modal
      opened
      centered
      size="38rem"
      title={t(`deeds.dialog.${dialog.kind}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      overlayProps={{ backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 0 }}
      onClose={closeWriting}
    >
      <WriteForm
        // What was typed about one contact never goes out about another.
        key={`${dialog.kind} ${dialog.about.contactId}`}
        kind={dialog.kind}
        about={dialog.about}
      />
    </Modal>
  );
};
