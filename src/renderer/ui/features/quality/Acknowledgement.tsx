import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './Quality.module.css';

type Told = {
  readonly agent: { readonly name: string };
  readonly acknowledgedAt: number | null;
  readonly reply: string;
};

/** Whether the agent has read what was told, and what the agent says to it. */
export const Acknowledgement = ({
  told,
  onAcknowledge,
}: {
  readonly told: Told;
  /** null: it is another's to acknowledge. */
  readonly onAcknowledge: ((reply: string) => Promise<void>) | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const [reply, setReply] = useState('');
  const [sending, setSending] = useState(false);
  const { acknowledgedAt } = told;
  const said =
    acknowledgedAt === null ? (
      onAcknowledge === null ? (
        <p className={styles['none']}>{t('quality.notRead', { name: told.agent.name })}</p>
      ) : null
    ) : (
      <p className={styles['none']}>
        {t('quality.read', { name: told.agent.name, when: dateTimeText(acknowledgedAt, locale) })}
      </p>
    );
  if (onAcknowledge === null || told.reply !== '') {
    return (
      <>
        {said}
        {told.reply === '' ? null : (
          <blockquote className={styles['reply']}>{told.reply}</blockquote>
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
