import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../../shared/api/records.ts';
import { ListeningPlayer } from './ListeningPlayer.tsx';
import styles from './ListeningPlayer.module.css';

/** A recording where it can be played, else why not. */
export const RecordingPlayer = ({
  contactId,
  recording,
}: {
  readonly contactId: string;
  readonly recording: Contact['recordings'][number];
}) => {
  const { t } = useTranslation();
  if (recording.playable) return <ListeningPlayer contactId={contactId} recording={recording} />;
  if (recording.withdrawn !== undefined)
    return <p className={styles['none']}>{t(`contact.withdrawn.${recording.withdrawn}`)}</p>;
  // What is over and still not played is for others' ears.
  const why = recording.endedAt === null ? 'contact.notPlayable' : 'contact.notYours';
  return <p className={styles['none']}>{t(why)}</p>;
};
