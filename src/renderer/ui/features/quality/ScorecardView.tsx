import { useTranslation } from 'react-i18next';
import type { QualityForm, Scorecard } from '../../../../shared/api/quality.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { Acknowledgement } from './Acknowledgement.tsx';
import { formOf, percentText, valueWords } from './form-words.ts';
import styles from './Quality.module.css';

/** One card as it was handed in, and what the agent says to it. */
export const ScorecardView = ({
  card,
  forms,
  onAcknowledge,
}: {
  readonly card: Scorecard;
  readonly forms: readonly QualityForm[];
  /** null: it is another's to acknowledge. */
  readonly onAcknowledge: ((reply: string) => Promise<void>) | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const label = useLabel();
  const form = formOf(forms, card);
  return (
    <article className={styles['card']} aria-label={t('quality.cardOf', { name: card.agent.name })}>
      <header className={styles['head']}>
        <p className={styles['percent']}>{percentText(card.percent, locale)}</p>
        <p className={styles['by']}>
          {form === null ? card.form : label(form.label)} · {card.scorer.name} ·{' '}
          {dateTimeText(card.scoredAt, locale)}
        </p>
      </header>
      <dl className={styles['answers']}>
        {(form?.criteria ?? []).map((criterion) => {
          const answer = card.answers[criterion.key];
          const value = answer?.value ?? null;
          const failed = criterion.critical && value === 0;
          return (
            <div key={criterion.key}>
              <dt>{label(criterion.label)}</dt>
              <dd>
                <span {...(failed ? { 'data-failed': true } : {})}>
                  {valueWords(criterion, value, t)}
                  {failed ? ` · ${t('quality.critical')}` : ''}
                </span>
                {answer === undefined || answer.note === '' ? null : (
                  <span className={styles['note']}>{answer.note}</span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {card.remark === '' ? null : <p className={styles['remark']}>{card.remark}</p>}
      <Acknowledgement told={card} onAcknowledge={onAcknowledge} />
    </article>
  );
};
