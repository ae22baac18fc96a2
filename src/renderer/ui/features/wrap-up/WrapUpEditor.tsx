import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTimed } from '../../../../shared/domain/wrap-up/wrap-up-rules.ts';
import { flawsOf } from '../../../../shared/domain/wrap-up/wrap-up-words.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { chords } from '../../state/chords.ts';
import { announce } from '../../state/announcement-store.ts';
import { editDraft, flushDraft, useDraftText, withoutCards } from '../../state/draft-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import type { Work } from '../../state/work.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { closePayment, openPayment } from '../payment/payment-orders.ts';
import { CodeChooser } from './CodeChooser.tsx';
import { codeFieldId, fieldId, finishWrapUp, notesFieldId, useTriedToFinish } from './finish.ts';
import { isCodeFlaw, keyOf, wordsOfFlaw } from './flaw-words.ts';
import { NotesField } from './NotesField.tsx';
import styles from './WrapUpEditor.module.css';
import { WrapUpFields } from './WrapUpFields.tsx';
import { WrapUpTime } from './WrapUpTime.tsx';

/**
 * Code and notes of a call: begun during it, finished after it. It is one and the same field all the while, so that a
 * hang-up takes neither the caret nor a letter.
 */
export const WrapUpEditor = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const journal = useDesk((desk) => desk.journal);
  const terms = useTerms(work.queue);
  const text = useDraftText(work);
  const tried = useTriedToFinish(work.callId);
  const [sending, setSending] = useState(false);
  const ended = work.stage === 'wrap_up';
  const done = work.draft?.done === true;
  const flaws = tried ? flawsOf(terms, text) : [];
  const codeFlaw = flaws.find(isCodeFlaw);
  const fieldFlaws = flaws.filter((flaw) => !isCodeFlaw(flaw));

  return (
    <section
      className={styles['editor']}
      aria-label={t(ended ? 'wrapUp.region' : 'wrapUp.ahead')}
      data-tone={ended ? 'wrap-up' : 'not-ready'}
      data-asks-more={terms.fields.length > 0 || terms.rules.maximumCodes > 1 || undefined}
      onBlur={() => {
        if (withoutCards(work)) {
          giveNotice({ tone: 'info', text: t('payment.removed'), detail: null });
          announce(t('payment.removed'));
        }
        flushDraft(work.callId);
      }}
    >
      <div className={styles['head']}>
        <h2 className={styles['title']}>{t(ended ? 'wrapUp.region' : 'wrapUp.ahead')}</h2>
        <WrapUpTime work={work} />
        <p
          className={styles['kept']}
          data-yields={(ended && isTimed(terms.rules) && journal.problem === null) || undefined}
        >
          {journal.problem === null ? t('wrapUp.kept') : t('wrapUp.notKept')}
        </p>
      </div>
      <div className={styles['fields']}>
        <CodeChooser
          fieldId={codeFieldId}
          terms={terms}
          chosen={text.codes}
          missing={codeFlaw === undefined ? '' : wordsOfFlaw(codeFlaw, t)}
          onChoose={(codes) => {
            editDraft(work, { codes });
          }}
        />
        <div className={styles['notes']}>
          <WrapUpFields
            fields={terms.fields}
            values={text.fields}
            missing={Object.fromEntries(
              fieldFlaws.map((flaw) => [keyOf(flaw), wordsOfFlaw(flaw, t)]),
            )}
            idOf={fieldId}
            onPayment={
              work.stage === 'live'
                ? (isOpen) => {
                    if (isOpen) openPayment(work.callId, 'field');
                    else closePayment(work.callId, 'field');
                  }
                : undefined
            }
            onChange={(key, value) => {
              editDraft(work, { fields: { ...text.fields, [key]: value } });
            }}
          />
          <label className={styles['label']} htmlFor={notesFieldId}>
            {t('wrapUp.notes')}
          </label>
          <NotesField
            work={work}
            notes={text.notes}
            classNames={{
              root: styles['grow'] ?? '',
              wrapper: styles['grow'] ?? '',
              input: styles['area'] ?? '',
            }}
            onChange={(notes) => {
              editDraft(work, { notes });
            }}
          />
        </div>
      </div>
      <div className={styles['foot']} data-shown={ended || undefined}>
        {ended ? (
          <>
            <KeyHint chord={chords.completeWrapUp} />
            <ActionButton
              label={t(done ? 'wrapUp.done' : 'wrapUp.complete')}
              chord={chords.completeWrapUp}
              color="brand"
              variant={done ? 'light' : 'filled'}
              size="md"
              loading={sending}
              onClick={() => {
                setSending(true);
                void finishWrapUp(work).finally(() => {
                  setSending(false);
                });
              }}
            />
          </>
        ) : null}
      </div>
    </section>
  );
};
