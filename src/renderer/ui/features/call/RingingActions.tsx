import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import { useTranslation } from 'react-i18next';
import { allowedActions } from '../../../../shared/domain/call/allowed-actions.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import type { Work } from '../../state/work.ts';
import { answerCall, rejectCall } from './call-orders.ts';
import { RejectMenu } from './RejectMenu.tsx';
import styles from './RejectMenu.module.css';

/** What can be done with a call that rings. */
export const RingingActions = ({
  work,
  size,
  rejectVariant,
  answerClassName,
}: {
  readonly work: Work;
  readonly size: 'md' | 'lg';
  readonly rejectVariant: 'outline' | 'subtle';
  readonly answerClassName?: string | undefined;
}) => {
  const { t } = useTranslation();
  const actions = work.call === null ? [] : allowedActions(work.call);
  return (
    <>
      {actions.includes('answer') ? (
        <ActionButton
          label={t('call.answer')}
          chord={chords.answer}
          icon={<IconPhone size={size === 'lg' ? 20 : 18} />}
          color="ready"
          variant="filled"
          size={size}
          className={answerClassName}
          onClick={() => {
            answerCall(work.callId);
          }}
        />
      ) : null}
      {actions.includes('reject') ? (
        <span className={styles['group']}>
          <ActionButton
            label={t('call.reject')}
            chord={chords.reject}
            color="danger"
            variant={rejectVariant}
            size={size}
            onClick={() => {
              rejectCall(work.callId);
            }}
          />
          {work.queue === null ? (
            <RejectMenu callId={work.callId} size={size} variant={rejectVariant} />
          ) : null}
        </span>
      ) : null}
    </>
  );
};
