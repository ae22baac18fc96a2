import IconLifebuoy from '@tabler/icons-react/dist/esm/icons/IconLifebuoy.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import type { Work } from '../../state/work.ts';
import { rescueNoteOf, type RescueNote as Told } from './rescue-note.ts';
import styles from './RescueNote.module.css';
import { useCaller } from './use-caller.ts';

export const useRescueNote = (work: Work): Told | null => {
  const me = useDesk((desk) => (desk.session.state === 'signed_in' ? desk.session.user.id : null));
  return rescueNoteOf(work, me);
};

/** Of a call in which an agent vanished: what became of the customer, or where they come from. */
export const RescueNote = ({
  work,
  flush = false,
}: {
  readonly work: Work;
  /** Without a margin of its own. */
  readonly flush?: boolean;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const caller = useCaller(work);
  const note = useRescueNote(work);
  if (note === null) return null;
  const { name } = caller;
  const words = (() => {
    switch (note.kind) {
      case 'waits':
      case 'gone':
      case 'taken_again':
        return t(`rescue.${note.kind}`, { name });
      case 'taken':
        return t('rescue.taken', { name, agent: note.by });
      case 'back':
        return t('rescue.back', { name, time: timeText(note.at, locale) });
      case 'was_with':
        return t('rescue.was_with', { agent: note.who, time: timeText(note.at, locale) });
    }
  })();
  return (
    <div
      className={styles['note']}
      data-flush={flush || undefined}
      data-tone="wrap-up"
      data-rescue={note.kind}
      role="status"
    >
      <IconLifebuoy size={18} aria-hidden="true" className={styles['icon']} />
      <p className={styles['words']}>
        {words}
        {note.kind === 'was_with' && note.notes !== '' ? (
          <span className={styles['notes']}>
            {t('rescue.notes')} {note.notes}
          </span>
        ) : null}
      </p>
    </div>
  );
};
