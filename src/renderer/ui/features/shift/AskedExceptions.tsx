import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdherenceException } from '../../../../shared/api/shifts.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { dateFormat } from '../../i18n/formatters.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { ask, order } from '../../state/orders.ts';
import styles from './OutOfPlan.module.css';
import { useSpanText } from './use-span-text.ts';
import { WordForm } from './WordForm.tsx';

/** The same stretch is never asked for twice, so that its id says which row the next one is. */
const rowId = (id: string): string => `asked-${id}`;

/** Time that agents ask to be excused, for whoever decides; nothing where nothing waits. */
export const AskedExceptions = ({ onDecided }: { readonly onDecided?: () => void }) => {
  const { t } = useTranslation();
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const [asked, setAsked] = useState<readonly AdherenceException[]>([]);
  useEffect(() => {
    let current = true;
    void ask('shift.asked', null).then((answer) => {
      if (current && answer.ok) setAsked(answer.value);
    });
    return () => {
      current = false;
    };
  }, [connected]);
  if (asked.length === 0) return null;
  const decided = (exception: AdherenceException): void => {
    const place = asked.findIndex(({ id }) => id === exception.id);
    const left = asked.filter(({ id }) => id !== exception.id);
    setAsked(left);
    onDecided?.();
    announce(t(`shift.asked.${exception.state}`, { name: exception.agentName }));
    // Whoever decides by keyboard goes on with the next one.
    const next = left[Math.min(place, left.length - 1)];
    if (next !== undefined)
      document.getElementById(rowId(next.id))?.querySelector('button')?.focus();
  };
  return (
    <section className={styles['part']} aria-labelledby="shift-asked">
      <h2 id="shift-asked" className={styles['heading']}>
        {t('shift.asked.title')}
      </h2>
      <ul className={styles['list']}>
        {asked.map((exception) => (
          <AskedRow key={exception.id} exception={exception} onDecided={decided} />
        ))}
      </ul>
    </section>
  );
};

const AskedRow = ({
  exception,
  onDecided,
}: {
  readonly exception: AdherenceException;
  readonly onDecided: (exception: AdherenceException) => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const spanText = useSpanText();
  const [declining, setDeclining] = useState(false);
  const [sending, setSending] = useState(false);
  const { id: exceptionId, agentName, startsAt, cause } = exception;
  const decide = async (state: 'approved' | 'declined', note: string): Promise<void> => {
    setSending(true);
    const answer = await order('shift.decide', { exceptionId, state, note });
    setSending(false);
    if (answer.ok) onDecided(answer.value);
  };
  const day = dateFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
  const span = `${day.format(startsAt)}, ${spanText(exception)}`;
  const about = `${agentName}, ${span}`;
  return (
    <li id={rowId(exceptionId)} className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['span']}>{agentName}</p>
        <p className={styles['about']}>{span}</p>
        <p className={styles['about']}>
          {exception.note === '' ? t(`shift.cause.${cause}`) : exception.note}
        </p>
      </div>
      {declining ? (
        <WordForm
          label={t('shift.asked.why', { name: agentName })}
          hint={t('shift.asked.whyHint')}
          onSend={(note) => void decide('declined', note)}
          onClose={() => {
            setDeclining(false);
          }}
        >
          {() => (
            <Button type="submit" color="danger" loading={sending}>
              {t('shift.asked.decline')}
            </Button>
          )}
        </WordForm>
      ) : (
        <div className={styles['actions']}>
          <Button
            size="compact-md"
            variant="light"
            loading={sending}
            aria-label={`${t('shift.asked.approve')} (${about})`}
            onClick={() => void decide('approved', '')}
          >
            {t('shift.asked.approve')}
          </Button>
          <Button
            size="compact-md"
            variant="subtle"
            color="not-ready"
            aria-label={`${t('shift.asked.decline')} (${about})`}
            onClick={() => {
              setDeclining(true);
            }}
          >
            {t('shift.asked.decline')}
          </Button>
        </div>
      )}
    </li>
  );
};
