import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { closeCallBack, useCallBackDialog } from '../../state/call-back-store.ts';
import { ChangeForm } from './ChangeForm.tsx';
import { GiveForm } from './GiveForm.tsx';
import { ScheduleForm } from './ScheduleForm.tsx';

/** Promises a call, changes what was promised, or gives it to somebody else. */
export const CallBackDialog = () => {
  const { t } = useTranslation();
  const dialog = useCallBackDialog((kept) => kept.dialog);
  if (dialog === null) return null;
  return (
    <Modal
      opened
      centered
      size="34rem"
      title={t(`callBacks.dialog.${dialog.kind}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      overlayProps={{ backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 0 }}
      onClose={closeCallBack}
    >
      {dialog.kind === 'schedule' ? (
        <ScheduleForm about={dialog.about} />
      ) : dialog.kind === 'change' ? (
        <ChangeForm callBack={dialog.callBack} />
      ) : (
        <GiveForm callBack={dialog.callBack} />
      )}
    </Modal>
  );
};
