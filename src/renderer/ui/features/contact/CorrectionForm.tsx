import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpCorrectedFact } from '../../../../shared/domain/handle-time/fact.ts';
import type { WrapUpWords } from '../../../../shared/domain/wrap-up/wrap-up-words.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { announce } from '../../state/announcement-store.ts';
import { saidIn } from '../../state/draft-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask } from '../../state/orders.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { useWrapUpWords } from '../wrap-up/use-wrap-up-words.ts';
import { WrapUpWordsFields } from '../wrap-up/WrapUpWordsFields.tsx';
import styles from './LegWrapUp.module.css';

/** Other words for a wrap-up that is complete. They are on this machine's disk before the form goes. */
export const CorrectionForm = ({
  leg,
  words,
  onDone,
}: {
  readonly leg: {
    readonly callId: string;
    readonly callKey: string;
    readonly queue: string | null;
    readonly after: number;
  };
  readonly words: WrapUpWords;
  /** null: nothing was changed. */
  readonly onDone: (fact: WrapUpCorrectedFact | null) => void;
}) => {
  const { t } = useTranslation();
  const terms = useTerms(leg.queue);
  const form = useWrapUpWords(terms, {
    codes: words.codes,
    // What is asked for now: the queue's rules may have changed since.
    fields: Object.fromEntries(
      Object.entries(words.fields).filter(([key]) =>
        terms.fields.some((field) => field.key === key),
      ),
    ),
    notes: words.notes,
  });
  const [sending, setSending] = useState(false);

  const save = async (): Promise<void> => {
    if (!form.isWhole()) return;
    setSending(true);
    const said = saidIn(form.words);
    const answer = await ask('wrapUp.correct', { ...leg, ...said, code: said.code ?? '' });
    setSending(false);
    if (answer.ok) {
      announce(t('contact.corrected'));
      onDone(answer.value);
      return;
    }
    giveNotice({
      tone: 'error',
      text: t('contact.correctionFailed', { why: t(`refusal.${answer.why.code}`) }),
      detail: answer.why.detail,
    });
  };

  return (
    <section
      className={styles['form']}
      aria-label={t('contact.correcting')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onDone(null);
      }}
    >
      <WrapUpWordsFields form={form} className={styles['said']}>
        <Textarea
          label={t('wrapUp.notes')}
          data-notes
          classNames={{ label: styles['label'] ?? '' }}
          value={form.words.notes}
          maxLength={10_000}
          rows={5}
          onChange={(event) => {
            form.change({ notes: event.currentTarget.value });
          }}
        />
        <div className={styles['buttons']}>
          <ActionButton
            label={t('contact.cancelCorrection')}
            variant="subtle"
            onClick={() => {
              onDone(null);
            }}
          />
          <ActionButton
            label={t('contact.saveCorrection')}
            color="brand"
            variant="filled"
            loading={sending}
            onClick={() => void save()}
          />
        </div>
      </WrapUpWordsFields>
    </section>
  );
};
