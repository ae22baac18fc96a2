import { TextInput } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandMessage, HandView } from '../../../../shared/api/help.ts';
import { isPaymentPage } from '../../../../shared/domain/payment/payment-page.ts';
import { textParts } from '../../../../shared/domain/help/text-links.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { handFieldId, useMyId } from '../../state/hands.ts';
import { order } from '../../state/orders.ts';
import styles from './Help.module.css';

const noPages: readonly string[] = [];

/** Text with the centre's pages as links; main opens those and no other. */
export const ChatText = ({ text }: { readonly text: string }) => {
  const pages = useDesk(({ session }) =>
    session.state === 'signed_in' ? (session.helpPages ?? noPages) : noPages,
  );
  const mayOpen = (address: string): boolean => {
    if (!URL.canParse(address)) return false;
    const { protocol, host, pathname } = new URL(address);
    return isPaymentPage(pages, { protocol, host, path: pathname });
  };
  return textParts(text, mayOpen).map((part, index) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <a key={index} href={part.text} target="_blank" rel="noreferrer">
        {part.text}
      </a>
    ),
  );
};

export const ChatLines = ({
  messages,
  isOwnSide,
}: {
  readonly messages: readonly HandMessage[];
  readonly isOwnSide: (message: HandMessage) => boolean;
}) => {
  const locale = useLocale();
  return messages.map((message) => (
    <li key={message.id} data-own={isOwnSide(message) || undefined}>
      <p
        className={styles['author']}
      >{`${message.author.name} · ${timeText(message.at, locale)}`}</p>
      <p className={styles['text']}>
        <ChatText text={message.text} />
      </p>
    </li>
  ));
};

/** What is written beside a call. */
export const HandChat = ({
  hand,
  partner,
  mayWrite,
}: {
  readonly hand: HandView;
  /** Who reads it; null: nobody yet. */
  readonly partner: string | null;
  readonly mayWrite: boolean;
}) => {
  const { t } = useTranslation();
  const me = useMyId();
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  // The same until it was taken: an answer that is lost makes no second line.
  const [messageId, setMessageId] = useState(() => crypto.randomUUID());
  const { messages, id } = hand;
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [messages.length]);
  const label = partner === null ? t('help.write') : t('help.writeTo', { name: partner });
  return (
    <div className={styles['chat']}>
      <ul ref={list} className={styles['lines']} tabIndex={0} aria-label={t('help.lines')}>
        {messages.length === 0 ? <li className={styles['none']}>{t('help.noLines')}</li> : null}
        <ChatLines messages={messages} isOwnSide={({ author }) => author.id === me} />
      </ul>
      {mayWrite ? (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === '' || sending) return;
            setSending(true);
            void order('help.write', { handId: id, messageId, text }).then((answer) => {
              setSending(false);
              if (!answer.ok) return;
              setText('');
              setMessageId(crypto.randomUUID());
            });
          }}
        >
          <TextInput
            id={handFieldId(id)}
            className={styles['field'] ?? ''}
            aria-label={label}
            placeholder={label}
            value={text}
            maxLength={2_000}
            size="xs"
            autoComplete="off"
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
          <ActionButton
            label={t('help.send')}
            size="xs"
            loading={sending}
            disabled={text.trim() === ''}
            onClick={(event) => {
              event.currentTarget.form?.requestSubmit();
            }}
          />
        </form>
      ) : null}
    </div>
  );
};
