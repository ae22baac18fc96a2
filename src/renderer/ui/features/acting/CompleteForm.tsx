import { Button, Textarea } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwedWrapUps } from '../../../../shared/api/wrap-ups.ts';
import { flawsOf, type WrapUpWords } from '../../../../shared/domain/wrap-up/wrap-up-words.ts';
import { announce } from '../../state/announcement-store.ts';
import { saidIn } from '../../state/draft-store.ts';
import { order } from '../../state/orders.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { CodeChooser } from '../wrap-up/CodeChooser.tsx';
import { isCodeFlaw, keyOf, wordsOfFlaw } from '../wrap-up/flaw-words.ts';
import { WrapUpFields } from '../wrap-up/WrapUpFields.tsx';
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
  const id = useId();
  const terms = useTerms(queue);
  const [text, setText] = useState<WrapUpWords>({
    codes: [draft?.code, ...(draft?.codes ?? [])].filter((code) => typeof code === 'string'),
    fields: draft?.fields ?? {},
    notes: '',
  });
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const flaws = tried ? flawsOf(terms, text) : [];
  const codeFlaw = flaws.find(isCodeFlaw);

  useEffect(() => {
    document.getElementById(`${id}-code`)?.focus();
  }, [id]);

  const complete = async (): Promise<void> => {
    setTried(true);
    const [flaw] = flawsOf(terms, text);
    if (flaw !== undefined) {
      announce(wordsOfFlaw(flaw, t));
      const place = isCodeFlaw(flaw) ? `${id}-code` : `${id}-${keyOf(flaw)}`;
      document.getElementById(place)?.focus();
      return;
    }
    setSending(true);
    const { code, ...said } = saidIn(text);
    const answer = await order('acting.completeWrapUp', { callId, ...said, code: code ?? '' });
    setSending(false);
    if (!answer.ok) return;
    announce(t('acting.completed', { name: agent.name }));
    onDone(true);
  };

  return (
    <section className={styles['form']} aria-label={t('acting.completing', { name: agent.name })}>
      <CodeChooser
        fieldId={`${id}-code`}
        terms={terms}
        chosen={text.codes}
        missing={codeFlaw === undefined ? '' : wordsOfFlaw(codeFlaw, t)}
        onChoose={(codes) => {
          setText({ ...text, codes });
        }}
      />
      <div className={styles['said']}>
        <WrapUpFields
          fields={terms.fields}
          values={text.fields}
          missing={Object.fromEntries(
            flaws
              .filter((flaw) => !isCodeFlaw(flaw))
              .map((flaw) => [keyOf(flaw), wordsOfFlaw(flaw, t)]),
          )}
          idOf={(key) => `${id}-${key}`}
          onChange={(key, value) => {
            setText({ ...text, fields: { ...text.fields, [key]: value } });
          }}
        />
        {draft === null || draft.notes === '' ? null : (
          <blockquote className={styles['draft']}>
            <p className={styles['note']}>{t('acting.draftOf', { name: agent.name })}</p>
            {draft.notes}
          </blockquote>
        )}
        <Textarea
          label={t('acting.notes')}
          value={text.notes}
          maxLength={4_000}
          rows={3}
          onChange={(event) => {
            setText({ ...text, notes: event.currentTarget.value });
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
      </div>
    </section>
  );
};
