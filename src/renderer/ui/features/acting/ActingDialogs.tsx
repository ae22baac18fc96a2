import { useTranslation } from 'react-i18next';
import { closeActing, useActingDialog, type ActingDialog } from '../../state/acting-store.ts';
import { ActingModal } from './ActingModal.tsx';
import { MemoList } from './MemoList.tsx';
import { MessageForm } from './MessageForm.tsx';
import { OwedWrapUps } from './OwedWrapUps.tsx';
import { QueuesForm } from './QueuesForm.tsx';
import { SignOutQuestion } from './SignOutQuestion.tsx';

/** Whatever a supervisor is about to do, and what an agent is told of it. */
export const ActingDialogs = () => {
  const dialog = useActingDialog((acting) => acting.dialog);
  return dialog === null ? null : <Opened dialog={dialog} />;
};

const Opened = ({ dialog }: { readonly dialog: ActingDialog }) => {
  const { t } = useTranslation();
  switch (dialog.kind) {
    case 'queues':
      return (
        <ActingModal title={t('acting.queuesOf', { name: dialog.name })}>
          <QueuesForm agentId={dialog.agentId} name={dialog.name} onDone={closeActing} />
        </ActingModal>
      );
    case 'sign_out':
      return (
        <ActingModal title={t('acting.signOutAsk', { name: dialog.name })} size="26rem">
          <SignOutQuestion agent={dialog} onDone={closeActing} />
        </ActingModal>
      );
    case 'wrap_ups':
      return (
        <ActingModal title={t('acting.wrapUpsTitle')} size="44rem">
          <OwedWrapUps agentId={dialog.agentId} />
        </ActingModal>
      );
    case 'message':
      return (
        <ActingModal title={t('acting.message')}>
          <MessageForm onDone={closeActing} />
        </ActingModal>
      );
    case 'memos':
      return (
        <ActingModal title={t('memo.title')}>
          <MemoList onDone={closeActing} />
        </ActingModal>
      );
  }
};
