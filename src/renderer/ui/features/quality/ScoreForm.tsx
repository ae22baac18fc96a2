import { NativeSelect, Textarea } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ContactQuality,
  PutScorecard,
  Scorecard,
  ScorePurpose,
} from '../../../../shared/api/quality.ts';
import { answerFlaws, scoreOf, type Answers } from '../../../../shared/domain/quality/quality.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { matchesChord } from '../../components/chord.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { chords } from '../../state/chords.ts';
import { CriterionField } from './CriterionField.tsx';
import { formOf, percentText } from './form-words.ts';
import styles from './Quality.module.css';

/** A card to fill in; it is kept once it is handed in, and worth is shown as it is filled in. */
export const ScoreForm = ({
  agent,
  purpose,
  quality: { forms, offered },
  before,
  onScore,
  onDone,
}: {
  readonly agent: { readonly id: string; readonly name: string };
  readonly purpose: ScorePurpose;
  readonly quality: ContactQuality;
  /** One's own card that is put right; null: a new one. */
  readonly before: Scorecard | null;
  readonly onScore: (card: PutScorecard) => Promise<boolean>;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const label = useLabel();
  const id = useId();
  // The newest version of each form that is offered, and the one that the card is on.
  const newest = offered.flatMap(
    (code) =>
      forms.filter((form) => form.code === code).toSorted((a, b) => b.version - a.version)[0] ?? [],
  );
  const kept = before === null ? null : formOf(forms, before);
  const choices = kept === null || newest.includes(kept) ? newest : [kept, ...newest];
  const [chosen, setChosen] = useState(kept ?? newest[0] ?? null);
  const [answers, setAnswers] = useState<Answers>(before?.answers ?? {});
  const [remark, setRemark] = useState(before?.remark ?? '');
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);

  useEffect(() => {
    const form = document.getElementById(`${id}-form`);
    // Of a row of answers the one that is given has the keyboard.
    const first =
      form?.querySelector<HTMLInputElement>('input:checked') ?? form?.querySelector('input');
    first?.focus();
  }, [id]);

  if (chosen === null) return null;
  const { criteria } = chosen;
  // Answers to the questions of another form are left behind.
  const given = Object.fromEntries(
    Object.entries(answers).filter(([key]) => criteria.some((criterion) => criterion.key === key)),
  );
  const missing = new Set(answerFlaws(criteria, given).map(({ key }) => key));
  const score = scoreOf(criteria, given);

  const handIn = async (): Promise<void> => {
    setTried(true);
    const [first] = missing;
    if (first !== undefined) {
      announce(t('quality.missing'));
      document.getElementById(`${id}-${first}`)?.querySelector('input')?.focus();
      return;
    }
    setSending(true);
    const done = await onScore({
      ...{ agentId: agent.id, purpose, form: chosen.code, version: chosen.version },
      ...{ answers: given, remark },
    });
    setSending(false);
    if (!done) return;
    announce(t('quality.kept'));
    onDone();
  };

  return (
    <section
      id={`${id}-form`}
      className={styles['form']}
      aria-label={t(`quality.filling.${purpose}`, { name: agent.name })}
      onKeyDown={(event) => {
        if (event.defaultPrevented) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          onDone();
        } else if (matchesChord(event.nativeEvent, chords.completeWrapUp)) {
          event.preventDefault();
          if (!sending) void handIn();
        }
      }}
    >
      <header className={styles['formHead']}>
        <div>
          <p className={styles['name']}>{t(`quality.filling.${purpose}`, { name: agent.name })}</p>
          <p className={styles['none']}>{t(`quality.seenBy.${purpose}`, { name: agent.name })}</p>
        </div>
        <p className={styles['percent']}>
          <span className="rs-hidden">{t('quality.soFar')} </span>
          {percentText(missing.size === criteria.length ? null : score.percent, locale)}
        </p>
      </header>
      {choices.length > 1 ? (
        <NativeSelect
          label={t('quality.form')}
          value={`${chosen.code} ${String(chosen.version)}`}
          data={choices.map((form) => ({
            value: `${form.code} ${String(form.version)}`,
            label: label(form.label),
          }))}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setChosen(
              choices.find((form) => `${form.code} ${String(form.version)}` === value) ?? null,
            );
          }}
        />
      ) : null}
      {criteria.map((criterion) => (
        <CriterionField
          key={criterion.key}
          id={`${id}-${criterion.key}`}
          criterion={criterion}
          answer={given[criterion.key] ?? null}
          missing={tried && missing.has(criterion.key)}
          onAnswer={(answer) => {
            setAnswers({ ...answers, [criterion.key]: answer });
          }}
        />
      ))}
      <Textarea
        label={t('quality.remark')}
        value={remark}
        rows={3}
        maxLength={5_000}
        onChange={(event) => {
          setRemark(event.currentTarget.value);
        }}
      />
      <div className={styles['buttons']}>
        <ActionButton label={t('quality.cancel')} variant="subtle" onClick={onDone} />
        <ActionButton
          label={t('quality.handIn')}
          chord={chords.completeWrapUp}
          color="brand"
          variant="filled"
          loading={sending}
          onClick={() => void handIn()}
        />
      </div>
    </section>
  );
};
