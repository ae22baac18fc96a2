import { useTranslation } from 'react-i18next';
import type { CoachingNote } from '../../../../shared/api/coaching.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { Acknowledgement } from './Acknowledgement.tsx';
import styles from './Quality.module.css';

/** What was written about one agent's part; each note may be answered by the agent and, unread, taken back. */
export const CoachingNotes = ({
  notes,
  userId,
  onAcknowledge,
  onRemove,
}: {
  readonly notes: readonly CoachingNote[];
  readonly userId: string;
  readonly onAcknowledge: (noteId: string, reply: string) => Promise<void>;
  readonly onRemove: (noteId: string) => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  return notes.map((note) => (
    <article
      key={note.id}
      className={styles['card']}
      aria-label={t('coaching.noteFor', { name: note.agent.name })}
    >
      <header className={styles['formHead']}>
        <p className={styles['by']}>
          {note.author.name} · {dateTimeText(note.writtenAt, locale)}
        </p>
        {note.author.id === userId && note.acknowledgedAt === null ? (
          <ActionButton
            label={t('coaching.takeBack')}
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              onRemove(note.id);
            }}
          />
        ) : null}
      </header>
      <p className={styles['remark']}>{note.text}</p>
      <Acknowledgement
        told={note}
        onAcknowledge={
          note.agent.id === userId ? (reply: string) => onAcknowledge(note.id, reply) : null
        }
      />
    </article>
  ));
};
