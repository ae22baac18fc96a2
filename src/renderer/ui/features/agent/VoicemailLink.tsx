import IconRecordMail from '@tabler/icons-react/dist/esm/icons/IconRecordMail.mjs';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../../bridge/phone-store.ts';
import { announce } from '../../state/announcement-store.ts';
import { orderPhone } from '../../state/orders.ts';
import styles from './RailLinks.module.css';

/** What waits in the agent's mailbox, one press away from being heard; nothing while nothing new waits. */
export const VoicemailLink = () => {
  const { t } = useTranslation();
  const count = usePhone((phone) => phone?.voicemail?.newMessages ?? 0);
  const before = useRef(0);
  const text = t('voicemail.waiting', { count });
  useEffect(() => {
    if (count > before.current) announce(text);
    before.current = count;
  }, [count, text]);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className={styles['link']}
      title={t('voicemail.listen')}
      aria-label={`${text}. ${t('voicemail.listen')}`}
      onClick={() => void orderPhone({ kind: 'voicemail' })}
    >
      <IconRecordMail size={18} aria-hidden="true" className={styles['waiting']} />
      <span className={styles['name']}>{text}</span>
    </button>
  );
};
