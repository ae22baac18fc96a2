import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../../shared/api/records.ts';
import { useWritten } from '../../state/use-written.ts';
import { openWritingOfPast } from '../../state/write-store.ts';
import { DeedLine } from './DeedLine.tsx';
import styles from './Deeds.module.css';
import { useWritable, WriteButtons } from './WriteButtons.tsx';

/** What is written in other systems of a contact of the past; nothing where nothing is and nothing can be. */
export const WrittenPart = ({
  contact,
  classNames,
}: {
  readonly contact: Contact;
  readonly classNames: { readonly part: string; readonly heading: string; readonly none: string };
}) => {
  const { t } = useTranslation();
  const written = useWritten(contact.card.contactId);
  const writable = useWritable(null);
  if (writable.length === 0 && (typeof written === 'string' || written.length === 0)) return null;
  return (
    <section className={classNames.part} aria-labelledby="contact-written">
      <h2 id="contact-written" className={classNames.heading}>
        {t('elsewhere.title')}
      </h2>
      <WriteButtons
        contactId={contact.card.contactId}
        writable={writable}
        onWrite={(kind) => void openWritingOfPast(kind, contact)}
      />
      {written === 'away' ? <p className={classNames.none}>{t('deeds.away')}</p> : null}
      {typeof written === 'object' && written.length === 0 ? (
        <p className={classNames.none}>{t('deeds.none')}</p>
      ) : null}
      {typeof written === 'object' && written.length > 0 ? (
        <ul className={styles['list']}>
          {written.map((deed) => (
            <li key={deed.id}>
              <DeedLine deed={deed} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
};
