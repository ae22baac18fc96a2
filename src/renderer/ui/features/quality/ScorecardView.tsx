import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityForm, Scorecard } from '../../../../shared/api/quality.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
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
      <Acknowledgement card={card} onAcknowledge={onAcknowledge} />
    </article>
  );
};

const Acknowledgement = ({
  card,
  onAcknowledge,
}: {
  readonly card: Scorecard;
  readonly onAcknowledge: ((reply: string) => Promise<void>) | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const [reply, setReply] = useState('');
  const [sending, setSending] = useState(false);
  const { acknowledgedAt } = card;
  const said =
    acknowledgedAt === null ? (
      onAcknowledge === null ? (
        <p className={styles['none']}>{t('quality.notRead', { name: card.agent.name })}</p>
      ) : null
    ) : (
      <p className={styles['none']}>
        {t('quality.read', { name: card.agent.name, when: dateTimeText(acknowledgedAt, locale) })}
      </p>
    );
  if (onAcknowledge === null || card.reply !== '') {
    return (
      <>
        {said}
        {card.reply === '' ? null : (
          <blockquote className={styles['reply']}>{card.reply}</blockquote>
        )}
      </>
    );
  }
  return (
    <div className={styles['acknowledge']}>
      {said}
      <Textarea
        label={t('quality.yourReply')}
        value={reply}
        rows={2}
        maxLength={5_000}
        onChange={(event) => {
          setReply(event.currentTarget.value);
        }}
      />
      <div className={styles['buttons']}>
        <ActionButton
          label={t(acknowledgedAt === null ? 'quality.acknowledge' : 'quality.sendReply')}
          color="brand"
          loading={sending}
          disabled={acknowledgedAt !== null && reply.trim() === ''}
          onClick={() => {
            setSending(true);
            void onAcknowledge(reply).finally(() => {
              setSending(false);
            });
          }}
        />
      </div>
    </div>
  );
};
