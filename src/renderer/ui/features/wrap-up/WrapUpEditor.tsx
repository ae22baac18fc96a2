import { Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { useLabel } from '../../i18n/use-locale.ts';
import { chords } from '../../state/chords.ts';
import { editDraft, flushDraft, useDraftText } from '../../state/draft-store.ts';
import type { Work } from '../../state/work.ts';
import { CodeChooser } from './CodeChooser.tsx';
import { codesFor } from './code-search.ts';
import { finishWrapUp, useMissingCode } from './finish.ts';
import styles from './WrapUpEditor.module.css';

/**
 * Code and notes of a call: begun during it, finished after it. It is one and the same field all the while, so that a
 * hang-up takes neither the caret nor a letter.
 */
export const WrapUpEditor = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const session = useDesk((desk) => desk.session);
  const journal = useDesk((desk) => desk.journal);
  const text = useDraftText(work);
  const missing = useMissingCode(work.callId) && text.code === null;
  const [sending, setSending] = useState(false);
  const notesId = useId();
  const ended = work.stage === 'wrap_up';
  const codes = session.state === 'signed_in' ? codesFor(session.wrapUpCodes, work.queue) : [];

  return (
    <section
      className={styles['editor']}
      aria-label={t(ended ? 'wrapUp.region' : 'wrapUp.ahead')}
      data-tone={ended ? 'wrap-up' : 'not-ready'}
      onBlur={() => {
        flushDraft(work.callId);
      }}
    >
      <div className={styles['head']}>
        <h2 className={styles['title']}>{t(ended ? 'wrapUp.region' : 'wrapUp.ahead')}</h2>
        <p className={styles['kept']}>
          {journal.problem === null ? t('wrapUp.kept') : t('wrapUp.notKept')}
        </p>
      </div>
      <div className={styles['fields']}>
        <CodeChooser
          codes={codes.map((code) => ({ code: code.code, text: label(code.label) }))}
          chosen={text.code}
          missing={missing}
          onChoose={(code) => {
            editDraft(work, { code });
          }}
        />
        <div className={styles['notes']}>
          <label className={styles['label']} htmlFor={notesId}>
            {t('wrapUp.notes')}
          </label>
          <Textarea
            id={notesId}
            value={text.notes}
            maxLength={10_000}
            placeholder={t('wrapUp.notesHint')}
            classNames={{
              root: styles['grow'] ?? '',
              wrapper: styles['grow'] ?? '',
              input: styles['area'] ?? '',
            }}
            onChange={(event) => {
              editDraft(work, { notes: event.currentTarget.value });
            }}
          />
        </div>
      </div>
      <div className={styles['foot']} data-shown={ended || undefined}>
        {ended ? (
          <>
            <KeyHint chord={chords.completeWrapUp} />
            <ActionButton
              label={t('wrapUp.complete')}
              chord={chords.completeWrapUp}
              color="brand"
              variant="filled"
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
