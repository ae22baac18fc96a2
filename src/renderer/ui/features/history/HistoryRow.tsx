import { ActionIcon, Tooltip } from '@mantine/core';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import { useTranslation } from 'react-i18next';
import type { ContactSummary } from '../../../../shared/api/records.ts';
import { ariaKeys, matchesChord } from '../../components/chord.ts';
import { ContactLine } from '../../components/ContactLine.tsx';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { callBackContact } from '../../state/call-back.ts';
import { openMissNote } from '../../state/miss-note.ts';
import { missedTone } from '../../state/missed-tone.ts';
import { historyChords } from '../../state/chords.ts';
import { noteOpened } from '../../state/history-store.ts';
import { useTargets } from '../../state/targets-store.ts';
import { useContactText } from '../../state/use-contact-text.ts';
import { useNumberText } from '../../state/use-number-text.ts';
import { show } from '../../state/view-store.ts';
import { MissNote } from '../missed/MissNote.tsx';
import { FavouriteStar } from '../people/FavouriteStar.tsx';
import styles from './History.module.css';

/** One call of the past: opened by a press, called back by another. */
export const HistoryRow = ({
  contact,
  now,
}: {
  readonly contact: ContactSummary;
  readonly now: number;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const contactText = useContactText();
  const numberText = useNumberText();
  const text = contactText(contact, now);
  const { number = '' } = contact;
  const miss = contact.missed === true ? (contact.miss ?? null) : null;
  const shown = numberText(number);
  const isColleague = useTargets(
    ({ targets }) => targets?.agents.some(({ extension }) => extension === number) === true,
  );
  const canCall = /\d/u.test(number);
  const callBack = (): void => {
    void callBackContact(contact);
  };
  return (
    <li
      className={styles['row']}
      data-contact-id={contact.id}
      onKeyDown={(event) => {
        if (miss !== null && matchesChord(event.nativeEvent, historyChords.note)) {
          event.preventDefault();
          openMissNote(miss.id, 'history');
          return;
        }
        if (!matchesChord(event.nativeEvent, historyChords.callBack)) return;
        event.preventDefault();
        callBack();
      }}
    >
      <ContactLine
        direction={contact.direction}
        hasRecording={contact.hasRecording}
        missed={missedTone(contact)}
        text={{
          ...text,
          // The day stands above.
          when: timeText(contact.startedAt, locale),
          about: [shown === text.title ? '' : shown, text.about].filter(Boolean).join(' · '),
        }}
        keys={[
          ...[historyChords.open, historyChords.callBack],
          ...(miss === null ? [] : [historyChords.note]),
        ]
          .map((chord) => ariaKeys(chord))
          .join(' ')}
        onOpen={() => {
          noteOpened(contact.id);
          show({ kind: 'contact', contactId: contact.id, from: 'history' });
        }}
      />
      <span className={styles['note']}>
        {miss === null ? null : <MissNote miss={miss} name={text.title} place="history" />}
      </span>
      {canCall ? (
        <>
          <FavouriteStar
            kind={isColleague ? 'agent' : 'number'}
            target={number}
            label={text.title}
          />
          <Tooltip label={t('missed.callBack')}>
            <ActionIcon
              color="ready"
              aria-label={t('recent.callBackTo', { name: text.title })}
              onClick={callBack}
            >
              <IconPhone size={18} />
            </ActionIcon>
          </Tooltip>
        </>
      ) : null}
    </li>
  );
};
