import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QualityCriterion } from '../../../../shared/api/quality.ts';
import type { CriterionAnswer } from '../../../../shared/domain/quality/quality.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import styles from './Quality.module.css';

/** One question of a form: a row of answers, and room for why. */
export const CriterionField = ({
  id,
  criterion,
  answer,
  missing,
  onAnswer,
}: {
  readonly id: string;
  readonly criterion: QualityCriterion;
  /** null: not answered yet. */
  readonly answer: CriterionAnswer | null;
  readonly missing: boolean;
  readonly onAnswer: (answer: CriterionAnswer) => void;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const { kind, maximum, critical, mayNotApply, help } = criterion;
  const choices: readonly { readonly value: number | null; readonly words: string }[] = [
    ...(kind === 'yes_no'
      ? [
          { value: 0, words: t('quality.no') },
          { value: 1, words: t('quality.yes') },
        ]
      : Array.from({ length: maximum + 1 }, (_, value) => ({ value, words: String(value) }))),
    ...(mayNotApply ? [{ value: null, words: t('quality.notApplicable') }] : []),
  ];
  const note = answer?.note ?? '';
  return (
    <fieldset id={id} className={styles['criterion']}>
      <legend>
        {label(criterion.label)}
        {critical ? <span className={styles['criticalMark']}>{t('quality.critical')}</span> : null}
      </legend>
      {help === undefined ? null : <p className={styles['none']}>{label(help)}</p>}
      <div className={styles['choices']}>
        {choices.map(({ value, words }) => (
          <label key={words} className={styles['choice']}>
            <input
              type="radio"
              name={id}
              checked={answer !== null && answer.value === value}
              onChange={() => {
                onAnswer({ value, note });
              }}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      {missing ? <p className={styles['missing']}>{t('quality.answerThis')}</p> : null}
      {answer === null ? null : (
        <TextInput
          size="xs"
          aria-label={t('quality.why', { criterion: label(criterion.label) })}
          placeholder={t('quality.whyHint')}
          value={note}
          maxLength={1_000}
          onChange={(event) => {
            onAnswer({ value: answer.value, note: event.currentTarget.value });
          }}
        />
      )}
    </fieldset>
  );
};
