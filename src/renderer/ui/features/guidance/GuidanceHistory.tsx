import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactGuidance, VerificationAttempt } from '../../../../shared/api/guidance.ts';
import { stepOf } from '../../../../shared/domain/script/script.ts';
import { fillText } from '../../../../shared/domain/template/template.ts';
import { groupBy } from '../../../../shared/group-by.ts';
import { Tag } from '../../components/Tag.tsx';
import { useLabel, useLanguage, useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { variableName } from '../../state/template-values.ts';
import styles from './Guidance.module.css';

/** What was said by script in a contact, and what was asked to know who it was; nothing where neither was. */
export const GuidanceHistory = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation();
  const [guidance, setGuidance] = useState<ContactGuidance | null>(null);
  useEffect(() => {
    let current = true;
    void ask('guidance.ofContact', { contactId }).then((answer) => {
      if (current && answer.ok) setGuidance(answer.value);
    });
    return () => {
      current = false;
    };
  }, [contactId]);
  if (guidance === null) return null;
  const { moves, attempts } = guidance;
  return (
    <>
      {attempts.length === 0 ? null : (
        <section className={styles['history']} aria-labelledby="contact-identity">
          <h2 id="contact-identity" className={styles['heading']}>
            {t('guidance.identity')}
          </h2>
          {attempts.map((attempt) => (
            <Attempt key={attempt.id} guidance={guidance} attempt={attempt} />
          ))}
        </section>
      )}
      {moves.length === 0 ? null : (
        <section className={styles['history']} aria-labelledby="contact-script">
          <h2 id="contact-script" className={styles['heading']}>
            {t('guidance.script')}
          </h2>
          {[...groupBy(moves, ({ callId }) => callId)].map(([callId, ofLeg]) => (
            <Path key={callId} guidance={guidance} moves={ofLeg} />
          ))}
        </section>
      )}
    </>
  );
};

const useTimeText = (): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat(useLocale(), { timeStyle: 'medium' });
  return (at) => format.format(at);
};

const Attempt = ({
  guidance,
  attempt: { policy, version, outcome, beganAt, decidedAt, answers, takenBack, by },
}: {
  readonly guidance: ContactGuidance;
  readonly attempt: VerificationAttempt;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const time = useTimeText();
  const asked = guidance.policies.find((each) => each.code === policy && each.version === version);
  const tone = { verified: 'ready', failed: 'danger', open: 'not-ready' } as const;
  return (
    <article className={styles['kept']}>
      <p className={styles['line']}>
        <span className={styles['at']}>{time(decidedAt ?? beganAt)}</span>
        <span>
          <Tag tone={tone[outcome]}>{t(`guidance.outcome.${outcome}`)}</Tag>{' '}
          {t('guidance.byAgent', { name: by.name })}
          {takenBack === 0 ? null : (
            <span className={styles['aside']}>
              {' · '}
              {t('guidance.takenBackTimes', { count: takenBack })}
            </span>
          )}
        </span>
      </p>
      <p className={styles['aside']}>
        {answers
          .map(({ question, answer }) => {
            const known = asked?.questions.find(({ code }) => code === question);
            return `${known === undefined ? question : label(known.label)}: ${t(`guidance.answer.${answer}`)}`;
          })
          .join(' · ')}
      </p>
    </article>
  );
};

const Path = ({
  guidance,
  moves,
}: {
  readonly guidance: ContactGuidance;
  readonly moves: ContactGuidance['moves'];
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const language = useLanguage();
  const time = useTimeText();
  const scriptOf = ({ script, version }: ContactGuidance['moves'][number]) =>
    guidance.scripts.find((each) => each.code === script && each.version === version);
  /** What was chosen to come here: it stands with the step before. */
  const chosen = (index: number): string => {
    const move = moves[index];
    const before = moves[index - 1];
    const from = move === undefined ? undefined : scriptOf(move);
    if (move?.move === 'went_back') return t('guidance.wentBack');
    if (move?.choice === undefined || before === undefined || from === undefined) return '';
    const choice = stepOf(from, before.step)?.choices[move.choice];
    return choice === undefined ? '' : label(choice.label);
  };
  const textOf = (move: ContactGuidance['moves'][number]): string => {
    const script = scriptOf(move);
    const step = script === undefined ? null : stepOf(script, move.step);
    if (step === null) return move.step;
    return fillText(label(step.text), {}, variableName(t, language)).text;
  };
  const [first] = moves;
  const script = first === undefined ? undefined : scriptOf(first);
  return (
    <article className={styles['kept']}>
      <p className={styles['aside']}>
        {[script === undefined ? '' : label(script.label), first?.agent.name ?? '']
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ol>
        {moves.map((move, index) => (
          <li key={move.id} className={styles['line']}>
            <span className={styles['at']}>{time(move.at)}</span>
            <span>
              {chosen(index) === '' ? null : <strong>{chosen(index)} </strong>}
              <span className={styles['aside']}>{textOf(move)}</span>
            </span>
          </li>
        ))}
      </ol>
    </article>
  );
};
