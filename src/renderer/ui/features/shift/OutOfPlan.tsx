import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  AdherenceDay,
  AdherenceException,
  AskException,
  JudgedSpanView,
} from '../../../../shared/api/shifts.ts';
import { Tag, type Tone } from '../../components/Tag.tsx';
import { order } from '../../state/orders.ts';
import { readShiftDay } from '../../state/shift-store.ts';
import { useShiftText } from '../../state/use-shift-text.ts';
import { useReasonLabel } from '../agent/use-reason-label.ts';
import styles from './OutOfPlan.module.css';
import { useSpanText } from './use-span-text.ts';
import { WordForm } from './WordForm.tsx';

/** Less is told by the figure alone: nobody explains seconds. */
const worthwhileMs = 30_000;

const tones: Readonly<Record<AdherenceException['state'], Tone>> = {
  pending: 'wrap-up',
  approved: 'ready',
  declined: 'danger',
};

const covers = (exception: AdherenceException, span: JudgedSpanView): boolean =>
  exception.startsAt < span.endsAt && exception.endsAt > span.startsAt;

/** Time that did not go as planned; each stretch can be explained, and a supervisor decides. */
export const OutOfPlan = ({ day }: { readonly day: AdherenceDay }) => {
  const { t } = useTranslation();
  const open = day.spans.filter(
    (span) =>
      span.verdict === 'out' &&
      span.endsAt - span.startsAt >= worthwhileMs &&
      !day.exceptions.some((exception) => covers(exception, span)),
  );
  if (open.length === 0 && day.exceptions.length === 0) return null;
  return (
    <section className={styles['part']} aria-labelledby="shift-out">
      <h2 id="shift-out" className={styles['heading']}>
        {t('shift.out')}
      </h2>
      <ul className={styles['list']}>
        {open.map((span) => (
          <OpenSpan key={span.startsAt} span={span} />
        ))}
        {day.exceptions.map((exception) => (
          <Asked key={exception.id} exception={exception} />
        ))}
      </ul>
    </section>
  );
};

const OpenSpan = ({ span }: { readonly span: JudgedSpanView }) => {
  const { t } = useTranslation();
  const reasonLabel = useReasonLabel();
  const { nameOf } = useShiftText();
  const spanText = useSpanText();
  const [open, setOpen] = useState(false);
  const [sending, setSending] = useState(false);
  const { startsAt, endsAt, offer } = span;
  const send = async (asked: Pick<AskException, 'cause' | 'note'>): Promise<void> => {
    setSending(true);
    const answer = await order('shift.askException', { startsAt, endsAt, ...asked });
    setSending(false);
    if (answer.ok) await readShiftDay();
  };
  const was =
    span.state === 'not_ready' && span.reason !== null
      ? reasonLabel(span.reason)
      : t(`agent.state.${span.state}`);
  const text = spanText(span);
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['span']}>{text}</p>
        <p className={styles['about']}>{t('shift.plannedWas', { planned: nameOf(span), was })}</p>
      </div>
      {open ? (
        <WordForm
          label={t('shift.note')}
          hint={t('shift.noteHint')}
          onSend={(note) => {
            if (note !== '') void send({ cause: 'note', note });
          }}
          onClose={() => {
            setOpen(false);
          }}
        >
          {(note) => (
            <Button type="submit" loading={sending} disabled={note === ''}>
              {t('shift.send')}
            </Button>
          )}
        </WordForm>
      ) : (
        <div className={styles['actions']}>
          {offer === null ? null : (
            <Button
              size="compact-md"
              variant="light"
              loading={sending}
              aria-label={`${t(`shift.offer.${offer}`)} (${text})`}
              onClick={() => void send({ cause: offer, note: '' })}
            >
              {t(`shift.offer.${offer}`)}
            </Button>
          )}
          <Button
            size="compact-md"
            variant="subtle"
            color="not-ready"
            aria-label={`${t('shift.explain')} (${text})`}
            onClick={() => {
              setOpen(true);
            }}
          >
            {t('shift.explain')}
          </Button>
        </div>
      )}
    </li>
  );
};

const Asked = ({ exception }: { readonly exception: AdherenceException }) => {
  const { t } = useTranslation();
  const spanText = useSpanText();
  const { state, cause, note, decidedBy, answer } = exception;
  const about = note === '' ? t(`shift.cause.${cause}`) : note;
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['span']}>{spanText(exception)}</p>
        <p className={styles['about']}>{about}</p>
        {answer === '' ? null : (
          <p className={styles['about']}>
            {t('shift.answer', { name: decidedBy ?? '', text: answer })}
          </p>
        )}
      </div>
      <Tag tone={tones[state]}>{t(`shift.state.${state}`)}</Tag>
    </li>
  );
};
