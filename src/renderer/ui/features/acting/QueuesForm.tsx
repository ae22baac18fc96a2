import { Button, Skeleton, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentQueues, QueueChangeSpan } from '../../../../shared/api/acting.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask, order } from '../../state/orders.ts';
import styles from './Acting.module.css';
import { Away } from './Away.tsx';
import { useAsked } from '../../state/use-asked.ts';

type Props = { readonly agentId: string; readonly name: string; readonly onDone: () => void };

/** Which queues an agent serves, for today or for good. */
export const QueuesForm = (props: Props) => {
  const { agentId } = props;
  const [asked, again] = useAsked(agentId, () => ask('acting.queues', { agentId }));
  if (asked.state === 'loading') return <Skeleton height={180} animate={false} />;
  if (asked.state === 'failed') return <Away onRetry={again} />;
  return <Form {...props} served={asked.value} />;
};

const Form = ({
  agentId,
  name,
  served: { queues, until },
  onDone,
}: Props & { readonly served: AgentQueues }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(queues.filter(({ serves }) => serves).map((queue) => queue.name)),
  );
  const [span, setSpan] = useState<QueueChangeSpan>('today');
  const [sending, setSending] = useState(false);

  const save = async (): Promise<void> => {
    setSending(true);
    const answer = await order('acting.putQueues', { agentId, queues: [...chosen], span });
    setSending(false);
    if (!answer.ok) return;
    giveNotice({ tone: 'info', text: t('acting.queuesSet', { name }), detail: null });
    onDone();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending) void save();
      }}
    >
      {until === null ? null : (
        <p className={styles['words']}>
          {t('acting.otherUntil', { time: dateTimeText(until, locale) })}
        </p>
      )}
      <ul className={styles['queues']}>
        {queues.map((queue, index) => (
          <li key={queue.name}>
            <Switch
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              label={label(queue.label)}
              classNames={{ description: styles['usual'] ?? '' }}
              {...(queue.usually === queue.serves
                ? {}
                : { description: t(queue.usually ? 'acting.usually' : 'acting.notUsually') })}
              checked={chosen.has(queue.name)}
              onChange={({ currentTarget: { checked } }) => {
                const next = new Set(chosen);
                if (checked) next.add(queue.name);
                else next.delete(queue.name);
                setChosen(next);
              }}
            />
          </li>
        ))}
      </ul>
      <fieldset className={styles['spans']}>
        <legend>{t('acting.forHowLong')}</legend>
        {(['today', 'kept'] as const).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="span"
              checked={span === each}
              onChange={() => {
                setSpan(each);
              }}
            />
            {t(`acting.span.${each}`)}
          </label>
        ))}
      </fieldset>
      <p className={styles['note']}>
        {chosen.size === 0 ? t('acting.noQueues', { name }) : t('acting.told', { name })}
      </p>
      <div className={styles['buttons']}>
        <Button variant="light" color="not-ready" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={sending}>
          {t('acting.saveQueues')}
        </Button>
      </div>
    </form>
  );
};
