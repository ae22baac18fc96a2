import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { Tag } from '../../components/Tag.tsx';
import { dateTimeText, roughDurationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { useQueueText } from '../../state/use-contact-text.ts';
import styles from './Acting.module.css';
import { Away } from './Away.tsx';
import { CompleteForm, type OwedWrapUp } from './CompleteForm.tsx';
import { useAsked } from '../../state/use-asked.ts';

/** Wrap-ups that agents left behind; a supervisor completes them in the agent's place. */
export const OwedWrapUps = ({ agentId }: { readonly agentId: string | null }) => {
  const { t } = useTranslation();
  const [asked, again] = useAsked('', () => ask('acting.owed', null));
  const [open, setOpen] = useState<string | null>(null);
  if (asked.state === 'loading') return <Skeleton height={180} animate={false} />;
  if (asked.state === 'failed') return <Away onRetry={again} />;
  const wrapUps = asked.value.wrapUps.filter(
    ({ agent }) => agentId === null || agent.id === agentId,
  );
  if (wrapUps.length === 0) return <p className={styles['words']}>{t('acting.noneOwed')}</p>;
  return (
    <>
      <p className={styles['words']}>{t('acting.owedWhat')}</p>
      <ul className={styles['owed']}>
        {wrapUps.map((wrapUp) => (
          <li key={wrapUp.callId}>
            <OwedLine
              wrapUp={wrapUp}
              isOpen={open === wrapUp.callId}
              onOpen={() => {
                setOpen(wrapUp.callId);
              }}
            />
            {open === wrapUp.callId ? (
              <CompleteForm
                wrapUp={wrapUp}
                onDone={(isComplete) => {
                  setOpen(null);
                  if (isComplete) again();
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
};

const OwedLine = ({
  wrapUp: { agent, queue, endedAt, ageMs, agentIsHere, draft },
  isOpen,
  onOpen,
}: {
  readonly wrapUp: OwedWrapUp;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const queueText = useQueueText();
  return (
    <div className={styles['owedLine']}>
      <p>
        <strong>{agent.name}</strong>
        <span className={styles['note']}>
          {[
            queueText(queue),
            dateTimeText(endedAt, locale),
            t('acting.owedFor', { time: roughDurationText(ageMs, locale) }),
            draft === null || draft.notes === '' ? null : t('acting.hasDraft'),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </p>
      <Tag tone={agentIsHere ? 'ready' : 'not-ready'}>
        {t(agentIsHere ? 'acting.isHere' : 'acting.isGone')}
      </Tag>
      <ActionButton
        label={t('acting.complete')}
        size="xs"
        expanded={isOpen}
        disabled={isOpen}
        onClick={onOpen}
      />
    </div>
  );
};
