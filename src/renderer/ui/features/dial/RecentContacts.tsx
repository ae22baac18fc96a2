import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactSummary } from '../../../../shared/api/records.ts';
import { serverNow } from '../../bridge/clock.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { ContactLine } from '../../components/ContactLine.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { callBackContact } from '../../state/call-back.ts';
import { chords } from '../../state/chords.ts';
import { missedTone } from '../../state/missed-tone.ts';
import { useContactText } from '../../state/use-contact-text.ts';
import { ask } from '../../state/orders.ts';
import { show } from '../../state/view-store.ts';
import styles from './RecentContacts.module.css';

const shownAtMost = 12;

type Loaded = readonly ContactSummary[] | 'loading' | 'away';

/** The agent's own latest contacts, in short; asked for anew whenever the day's count changes. */
export const RecentContacts = () => {
  const { t } = useTranslation();
  const contactText = useContactText();
  const count = useDesk((desk) => desk.today?.contacts ?? 0);
  const missed = useDesk((desk) => desk.today?.missed ?? 0);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const [contacts, setContacts] = useState<Loaded>('loading');
  useEffect(() => {
    let current = true;
    void ask('contacts.recent', null).then((answer) => {
      if (current) setContacts(answer.ok ? answer.value : 'away');
    });
    return () => {
      current = false;
    };
  }, [count, missed, connected]);
  return (
    <section className={styles['recent']} aria-label={t('recent.title')}>
      {contacts === 'loading' ? (
        <div className={styles['loading']} aria-hidden="true">
          <Skeleton height={40} animate={false} />
          <Skeleton height={40} animate={false} />
          <Skeleton height={40} animate={false} />
        </div>
      ) : contacts === 'away' ? (
        <EmptyState icon={<IconHistory size={28} stroke={1.5} />} title={t('recent.away')} />
      ) : contacts.length === 0 ? (
        <EmptyState
          icon={<IconHistory size={28} stroke={1.5} />}
          title={t('recent.none')}
          text={t('recent.noneText')}
        />
      ) : (
        <ul className={styles['list']} onKeyDown={moveByArrows}>
          {contacts.slice(0, shownAtMost).map((contact) => (
            <li key={contact.id} className={styles['contact']}>
              <ContactLine
                direction={contact.direction}
                hasRecording={contact.hasRecording}
                missed={missedTone(contact)}
                text={contactText(contact, serverNow())}
                onOpen={() => {
                  show({ kind: 'contact', contactId: contact.id });
                }}
              />
              <Tooltip label={t('missed.callBack')}>
                <ActionIcon
                  color="ready"
                  aria-label={
                    contact.who === undefined || contact.who === ''
                      ? t('missed.callBack')
                      : t('recent.callBackTo', { name: contact.who })
                  }
                  onClick={() => {
                    void callBackContact(contact);
                  }}
                >
                  <IconPhone size={18} />
                </ActionIcon>
              </Tooltip>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['all']}>
        <ActionButton
          label={t('history.title')}
          chord={chords.history}
          icon={<IconHistory size={16} />}
          variant="subtle"
          onClick={() => {
            show({ kind: 'history' });
          }}
        />
      </div>
    </section>
  );
};
