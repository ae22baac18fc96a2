import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandView } from '../../../../shared/api/help.ts';
import { durationText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { ChatLines } from './HandChat.tsx';
import styles from './Help.module.css';

/** Help that was asked for in a contact, and all that was written; nothing where none was. */
export const HelpHistory = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation();
  const [hands, setHands] = useState<readonly HandView[]>([]);
  useEffect(() => {
    let current = true;
    void ask('help.ofContact', { contactId }).then((answer) => {
      if (current && answer.ok) setHands(answer.value.hands);
    });
    return () => {
      current = false;
    };
  }, [contactId]);
  if (hands.length === 0) return null;
  return (
    <section className={styles['history']} aria-labelledby="contact-help">
      <h2 id="contact-help" className={styles['heading']}>
        {t('help.history.heading')}
      </h2>
      {hands.map((hand) => (
        <Past key={hand.id} hand={hand} />
      ))}
    </section>
  );
};

const Past = ({ hand }: { readonly hand: HandView }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { agent, raisedAt, taken, over, messages } = hand;
  const steps = [
    taken === null
      ? null
      : t('help.history.taken', {
          name: taken.by.name,
          time: durationText(Math.max(0, taken.at - raisedAt)),
        }),
    over === null
      ? t('help.history.up')
      : t(`help.history.over.${over.why}`, { name: over.by?.name ?? '' }),
  ];
  return (
    <article className={styles['past']}>
      <p className={styles['what']}>
        <span className={styles['since']}>{timeText(raisedAt, locale)}</span>
        {t('help.history.raised', { name: agent.name })}
      </p>
      <p className={styles['about']}>{steps.filter((step) => step !== null).join(' · ')}</p>
      {messages.length === 0 ? null : (
        <ul className={styles['pastLines']}>
          <ChatLines messages={messages} isOwnSide={({ author }) => author.id === agent.id} />
        </ul>
      )}
    </article>
  );
};
