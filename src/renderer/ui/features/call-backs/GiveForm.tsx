import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallBackView } from '../../../../shared/api/call-backs.ts';
import { closeCallBack } from '../../state/call-back-store.ts';
import { ask, order } from '../../state/orders.ts';
import { useAsked } from '../../state/use-asked.ts';
import { useQueueText } from '../../state/use-contact-text.ts';
import styles from './CallBacks.module.css';

/** No user is called so. */
const queueValue = '';

/** A supervisor gives it to somebody of the team, or to whoever of the queue is ready. */
export const GiveForm = ({ callBack }: { readonly callBack: CallBackView }) => {
  const { t } = useTranslation();
  const queueText = useQueueText();
  const { id: callBackId, owner, queue, kind } = callBack;
  const [asked] = useAsked('', () => ask('callBacks.page', { whose: 'team', limit: 1 }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  if (asked.state === 'loading') return <Skeleton height={120} animate={false} />;
  const agents = asked.state === 'here' ? asked.value.agents : [];
  const people = agents
    .filter(({ id }) => id !== owner?.id)
    .map(({ id, name }) => ({ value: id, label: name }));
  const toQueue =
    queue === null || owner === null || kind === 'follow_up'
      ? []
      : [
          {
            value: queueValue,
            label: t('callBacks.whoeverOf', { queue: queueText(queue) ?? queue }),
          },
        ];
  const choices = [...people, ...toQueue];
  const value = chosen ?? choices[0]?.value ?? null;

  const give = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (value === null || sending) return;
    setSending(true);
    const agentId = value === queueValue ? null : value;
    const answer = await order('callBacks.give', { callBackId, agentId });
    setSending(false);
    if (answer.ok) closeCallBack();
  };

  return (
    <form className={styles['form']} onSubmit={(event) => void give(event)}>
      {value === null ? (
        <p>{t(asked.state === 'here' ? 'callBacks.nobodyElse' : 'callBacks.error.away')}</p>
      ) : (
        <NativeSelect
          data-autofocus
          label={t('callBacks.giveTo')}
          value={value}
          data={choices}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
          }}
        />
      )}
      <div className={styles['buttons']}>
        <Button variant="light" color="not-ready" onClick={closeCallBack}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={sending} disabled={value === null}>
          {t('callBacks.give')}
        </Button>
      </div>
    </form>
  );
};
