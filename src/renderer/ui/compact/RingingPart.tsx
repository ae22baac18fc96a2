import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconPhoneX from '@tabler/icons-react/dist/esm/icons/IconPhoneX.mjs';
import { useTranslation } from 'react-i18next';
import { allowedActions } from '../../../shared/domain/call/allowed-actions.ts';
import { IncomingKind, useCallerTitle } from '../features/call/IncomingKind.tsx';
import { useCaller } from '../features/call/use-caller.ts';
import { Waited } from '../features/call/Waited.tsx';
import { orderPhone } from '../state/orders.ts';
import { useCallName } from '../state/use-call-name.ts';
import type { Work } from '../state/work.ts';
import { StripButton } from './StripButton.tsx';
import { StripWords } from './StripWords.tsx';

/** A call that rings, whatever else goes on. */
export const RingingPart = ({
  work,
  besides,
}: {
  readonly work: Work;
  /** What the agent is in beside it. */
  readonly besides: Work | null;
}) => {
  const { t } = useTranslation();
  const caller = useCaller(work);
  const title = useCallerTitle(caller);
  const callName = useCallName();
  const actions = work.call === null ? [] : allowedActions(work.call);
  return (
    <>
      <span className="rs-hidden" role="alert">
        {t('call.incomingFrom', { name: title })}
      </span>
      <StripWords
        tone="engaged"
        title={title}
        callId={work.callId}
        line={
          <>
            <IncomingKind caller={caller} /> ·{' '}
            {besides === null ? (
              <Waited work={work} />
            ) : (
              t('compact.besides', { name: callName(besides) })
            )}
          </>
        }
      />
      {actions.includes('answer') ? (
        <StripButton
          label={t('call.answer')}
          icon={<IconPhone size={18} />}
          tone="ready"
          solid
          named
          onClick={() => {
            void orderPhone({ kind: 'answer', callId: work.callId });
          }}
        />
      ) : null}
      {actions.includes('reject') ? (
        <StripButton
          label={t('call.reject')}
          icon={<IconPhoneX size={18} />}
          tone="danger"
          onClick={() => {
            void orderPhone({ kind: 'reject', callId: work.callId });
          }}
        />
      ) : null}
    </>
  );
};
