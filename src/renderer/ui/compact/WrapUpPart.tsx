import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import { useTranslation } from 'react-i18next';
import { useCaller } from '../features/call/use-caller.ts';
import { useWrapUpEnd } from '../features/wrap-up/use-wrap-up-end.ts';
import { durationText } from '../i18n/formats.ts';
import { order } from '../state/orders.ts';
import type { Work } from '../state/work.ts';
import { StripButton } from './StripButton.tsx';
import { StripWords } from './StripWords.tsx';
import { useHandleTime } from './use-handle-time.ts';

/** A wrap-up is owed: there is no room for it here, and one press leads to it. */
export const WrapUpPart = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const { wrapUpMs } = useHandleTime(work);
  const end = useWrapUpEnd(work);
  return (
    <>
      <StripWords
        tone="wrap-up"
        title={caller.name}
        line={
          end === null
            ? t('compact.owed')
            : t('compact.owedEnds', { time: durationText(end.leftMs) })
        }
        clock={durationText(wrapUpMs)}
      />
      <StripButton
        label={t('call.tabWrapUp')}
        icon={<IconPencil size={18} />}
        tone="wrap-up"
        solid
        named
        onClick={() => {
          void order('settings.change', { compact: false });
        }}
      />
    </>
  );
};
