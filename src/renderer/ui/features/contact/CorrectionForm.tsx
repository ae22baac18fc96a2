import { Textarea } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpCorrectedFact } from '../../../../shared/domain/handle-time/fact.ts';
import { flawsOf, type WrapUpWords } from '../../../../shared/domain/wrap-up/wrap-up-words.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { announce } from '../../state/announcement-store.ts';
import { saidIn } from '../../state/draft-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask } from '../../state/orders.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { CodeChooser } from '../wrap-up/CodeChooser.tsx';
import { isCodeFlaw, keyOf, wordsOfFlaw } from '../wrap-up/flaw-words.ts';
import { WrapUpFields } from '../wrap-up/WrapUpFields.tsx';
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
  const id = useId();
  const terms = useTerms(leg.queue);
  const [text, setText] = useState<WrapUpWords>({
    codes: words.codes,
    // What is asked for now: the queue's rules may have changed since.
    fields: Object.fromEntries(
      Object.entries(words.fields).filter(([key]) =>
        terms.fields.some((field) => field.key === key),
      ),
    ),
    notes: words.notes,
  });
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const flaws = tried ? flawsOf(terms, text) : [];
  const codeFlaw = flaws.find(isCodeFlaw);

  useEffect(() => {
    document.getElementById(`${id}-code`)?.focus();
  }, [id]);

  const save = async (): Promise<void> => {
    setTried(true);
    const [flaw] = flawsOf(terms, text);
    if (flaw !== undefined) {
      announce(wordsOfFlaw(flaw, t));
      const place = isCodeFlaw(flaw) ? `${id}-code` : `${id}-${keyOf(flaw)}`;
      document.getElementById(place)?.focus();
      return;
    }
    setSending(true);
    const said = saidIn(text);
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
        <Textarea
          label={t('wrapUp.notes')}
          classNames={{ label: styles['label'] ?? '' }}
          value={text.notes}
          maxLength={10_000}
          rows={5}
          onChange={(event) => {
            setText({ ...text, notes: event.currentTarget.value });
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
      </div>
    </section>
  );
};
