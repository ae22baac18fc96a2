import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwedWrapUps } from '../../../../shared/api/wrap-ups.ts';
import { announce } from '../../state/announcement-store.ts';
import { saidIn } from '../../state/draft-store.ts';
import { order } from '../../state/orders.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { useWrapUpWords } from '../wrap-up/use-wrap-up-words.ts';
import { WrapUpWordsFields } from '../wrap-up/WrapUpWordsFields.tsx';
import styles from './Acting.module.css';

export type OwedWrapUp = OwedWrapUps['wrapUps'][number];

/** A wrap-up in its agent's place. What the agent had typed stands already, and stays. */
export const CompleteForm = ({
  wrapUp: { callId, queue, agent, draft },
  onDone,
}: {
  readonly wrapUp: OwedWrapUp;
  readonly onDone: (isComplete: boolean) => void;
}) => {
  const { t } = useTranslation();
  const terms = useTerms(queue);
  const form = useWrapUpWords(terms, {
    codes: [draft?.code, ...(draft?.codes ?? [])].filter((code) => typeof code === 'string'),
    fields: draft?.fields ?? {},
    notes: '',
  });
  const [sending, setSending] = useState(false);

  const complete = async (): Promise<void> => {
    if (!form.isWhole()) return;
    setSending(true);
    const { code, ...said } = saidIn(form.words);
    const answer = await order('acting.completeWrapUp', { callId, ...said, code: code ?? '' });
    setSending(false);
    if (!answer.ok) return;
    announce(t('acting.completed', { name: agent.name }));
    onDone(true);
  };

  return (
    <section className={styles['form']} aria-label={t('acting.completing', { name: agent.name })}>
      <WrapUpWordsFields form={form} className={styles['said']}>
        {draft === null || draft.notes === '' ? null : (
          <blockquote className={styles['draft']}>
            <p className={styles['note']}>{t('acting.draftOf', { name: agent.name })}</p>
            {draft.notes}
          </blockquote>
        )}
        <Textarea
          label={t('acting.notes')}
          value={form.words.notes}
          maxLength={4_000}
          rows={3}
          onChange={(event) => {
            form.change({ notes: event.currentTarget.value });
          }}
        />
        <div className={styles['buttons']}>
          <Button
            variant="subtle"
            color="not-ready"
            onClick={() => {
              onDone(false);
            }}
          >
            {t('common.cancel')}
          </Button>
          <Button loading={sending} onClick={() => void complete()}>
            {t('acting.completeNow')}
          </Button>
        </div>
      </WrapUpWordsFields>
    </section>
  );
};
