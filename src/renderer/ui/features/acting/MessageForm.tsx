import { Button, NativeSelect, Skeleton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamMessages } from '../../../../shared/api/acting.ts';
import { useNow } from '../../state/use-now.ts';
import { pastText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask, order } from '../../state/orders.ts';
import styles from './Acting.module.css';
import { Away } from './Away.tsx';
import { useAsked } from '../../state/use-asked.ts';

/** A message to a team, and how many have read the ones before. */
export const MessageForm = ({ onDone }: { readonly onDone: () => void }) => {
  const [asked, again] = useAsked('', () => ask('acting.messages', null));
  if (asked.state === 'loading') return <Skeleton height={220} animate={false} />;
  if (asked.state === 'failed') return <Away onRetry={again} />;
  return <Form messages={asked.value} onDone={onDone} />;
};

/** No team is called so. */
const everybodyValue = '';

const Form = ({
  messages: { teams, everybody, sent },
  onDone,
}: {
  readonly messages: TeamMessages;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const now = useNow('minute');
  const [team, setTeam] = useState(teams[0]?.name ?? everybodyValue);
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  // The same until it was taken: an answer that is lost makes no second message.
  const [messageId, setMessageId] = useState(() => crypto.randomUUID());
  const nameOf = (name: string | null): string => {
    const known = teams.find((each) => each.name === name);
    return name === null ? t('acting.everybody') : known === undefined ? name : label(known.label);
  };

  const send = async (): Promise<void> => {
    setSending(true);
    const to = team === everybodyValue ? null : team;
    const answer = await order('acting.message', { messageId, team: to, text });
    setSending(false);
    if (!answer.ok) return;
    setMessageId(crypto.randomUUID());
    const words = t('acting.sent', { count: answer.value.to });
    giveNotice({ tone: 'info', text: words, detail: null });
    onDone();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending && text.trim() !== '') void send();
      }}
    >
      <NativeSelect
        label={t('acting.to')}
        value={team}
        data={[
          ...teams.map(({ name, label: words, people }) => ({
            value: name,
            label: t('acting.teamPeople', { team: label(words), count: people }),
          })),
          ...(everybody === null
            ? []
            : [
                {
                  value: everybodyValue,
                  label: t('acting.teamPeople', { team: t('acting.everybody'), count: everybody }),
                },
              ]),
        ]}
        onChange={(event) => {
          setTeam(event.currentTarget.value);
        }}
      />
      <Textarea
        data-autofocus
        className={styles['text'] ?? ''}
        label={t('acting.text')}
        description={t('acting.textHint')}
        value={text}
        rows={4}
        maxLength={1_000}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.stopPropagation();
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
      <div className={styles['buttons']}>
        <Button variant="light" color="not-ready" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={sending} disabled={text.trim() === ''}>
          {t('acting.send')}
        </Button>
      </div>
      {sent.length === 0 ? null : (
        <section className={styles['sent']} aria-label={t('acting.sentBefore')}>
          <h3>{t('acting.sentBefore')}</h3>
          <ul tabIndex={0} aria-label={t('acting.sentBefore')}>
            {sent.map((message) => (
              <li key={message.id}>
                <p>{message.text}</p>
                <p className={styles['note']}>
                  {[
                    nameOf(message.team),
                    pastText(message.at, now, locale),
                    t('acting.readBy', { read: message.read, to: message.to }),
                  ].join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  );
};
