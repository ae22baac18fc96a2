import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerificationAnswer } from '../../../../shared/domain/verification/verification.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { guidanceChords } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import type { Verification } from '../../state/verification.ts';
import type { Work } from '../../state/work.ts';
import styles from './Guidance.module.css';
import { identityPanelId } from './panel-ids.ts';
import { recordText } from './record-values.ts';
import { VerificationWord } from './VerificationWord.tsx';

const answers = [
  { answer: 'right', chord: guidanceChords.right },
  { answer: 'wrong', chord: guidanceChords.wrong },
  { answer: 'skipped', chord: guidanceChords.skipped },
] as const;

/** Whether the customer is who they say: questions from the record, right or wrong by a key. */
export const IdentityPanel = ({
  work,
  verification,
}: {
  readonly work: Work;
  readonly verification: Verification;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const { policy, customer, own } = verification;
  /** An attempt that was begun anew, of which nothing was pressed yet. */
  const [begun, setBegun] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const underWay = useRef(false);
  const isNew = begun !== null && begun !== own?.id;
  const attempt = isNew ? null : own;
  const isDecided = attempt !== null && attempt.outcome !== 'open';
  const answerTo = (question: string): VerificationAnswer | null =>
    attempt?.answers.find((each) => each.question === question)?.answer ?? null;
  const active = Math.min(chosen, policy.questions.length - 1);

  const press = (index: number, answer: VerificationAnswer | null): void => {
    const question = policy.questions[index];
    if (question === undefined || underWay.current) return;
    // What is decided changes only by what is taken back.
    if (answer === null ? answerTo(question.code) === null : isDecided) return;
    underWay.current = true;
    const said = {
      ...{ callId: work.callId, policy: policy.code, version: policy.version },
      ...{ customerId: customer.id, question: question.code, answer },
      attempt: attempt?.id ?? begun ?? crypto.randomUUID(),
    };
    void order('guidance.press', said)
      .then(({ ok }) => {
        if (!ok) return;
        if (begun === null) setBegun(said.attempt);
        setChosen(answer === null ? index : index + 1);
        const words = t(answer === null ? 'guidance.takenBack' : `guidance.answer.${answer}`);
        announce(`${label(question.label)}: ${words}`);
      })
      .finally(() => {
        underWay.current = false;
        // The button that had the caret may rest now.
        document.getElementById(identityPanelId)?.focus();
      });
  };
  const beginAnew = (): void => {
    setBegun(crypto.randomUUID());
    setChosen(0);
    document.getElementById(identityPanelId)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
    const said = answers.find(({ chord }) => event.code.replace('Numpad', 'Digit') === chord.code);
    const last = policy.questions.length - 1;
    if (said !== undefined) press(active, said.answer);
    else if (event.code === 'ArrowDown') setChosen(Math.min(last, active + 1));
    else if (event.code === 'ArrowUp') setChosen(Math.max(0, active - 1));
    else if (event.code === guidanceChords.back.code) press(active, null);
    else if (event.code === guidanceChords.restart.code && isDecided) beginAnew();
    else return;
    event.preventDefault();
  };

  return (
    <section
      className={styles['panel']}
      id={identityPanelId}
      aria-label={t('guidance.identity')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className={styles['head']}>
        <h2 className={styles['title']}>{label(policy.label)}</h2>
        <p className={styles['way']}>
          {t('guidance.needed', { needed: policy.needed, count: policy.questions.length })}
        </p>
        <VerificationWord verification={verification} />
      </header>
      <ul className={styles['questions']}>
        {policy.questions.map((question, index) => {
          const given = answerTo(question.code);
          const onRecord = recordText(customer, question.field, locale);
          return (
            <li
              key={question.code}
              className={styles['question']}
              aria-current={index === active ? 'step' : undefined}
            >
              <div className={styles['asked']}>
                <p className={styles['label']}>
                  {label(question.label)}
                  {question.mandatory ? (
                    <span className={styles['must']}>{t('guidance.mandatory')}</span>
                  ) : null}
                </p>
                <p className={onRecord === '' ? styles['unknown'] : styles['record']}>
                  {onRecord === '' ? t('guidance.notOnRecord') : onRecord}
                </p>
              </div>
              <div className={styles['answers']} role="group" aria-label={label(question.label)}>
                {answers.map(({ answer, chord }) => (
                  <button
                    key={answer}
                    type="button"
                    className={styles['answer']}
                    data-answer={answer}
                    aria-pressed={given === answer}
                    disabled={isDecided && given !== answer}
                    aria-keyshortcuts={chord.code.replace('Digit', '')}
                    onClick={() => {
                      press(index, given === answer ? null : answer);
                    }}
                  >
                    {index === active && !isDecided ? <KeyHint chord={chord} /> : null}
                    {t(`guidance.answer.${answer}`)}
                  </button>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
      <footer className={styles['foot']}>
        <p className={styles['hint']}>{t('guidance.identityHint')}</p>
        <ActionButton
          label={t('guidance.again')}
          chord={guidanceChords.restart}
          icon={<IconRefresh size={16} />}
          size="xs"
          variant="subtle"
          disabled={!isDecided}
          onClick={beginAnew}
        />
      </footer>
    </section>
  );
};
