import IconFileDownload from '@tabler/icons-react/dist/esm/icons/IconFileDownload.mjs';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { giveNotice } from '../../state/notice-store.ts';
import { order } from '../../state/orders.ts';

/** Everything that was counted of a contact's sound as a file, for whoever looks after the network or the lines. */
export const SaveLine = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation();
  return (
    <ActionButton
      label={t('verdict.save')}
      size="compact-sm"
      icon={<IconFileDownload size={16} />}
      onClick={() => {
        void order('line.export', { contactId }).then((answer) => {
          if (!answer.ok || answer.value === null) return;
          const text = t('verdict.saved', { path: answer.value });
          giveNotice({ tone: 'info', text, detail: null });
        });
      }}
    />
  );
};
