import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JoinRecord } from '../../../../shared/api/supervision.ts';
import { Tag } from '../../components/Tag.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import styles from './ContactJoins.module.css';

/** Who of the supervisors was on this contact's calls; nothing where nobody was, or nobody may know. */
export const ContactJoins = ({ contactId }: { readonly contactId: string }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const [joins, setJoins] = useState<readonly JoinRecord[]>([]);
  useEffect(() => {
    let current = true;
    void ask('supervision.ofContact', { contactId }).then((answer) => {
      if (current && answer.ok) setJoins(answer.value);
    });
    return () => {
      current = false;
    };
  }, [contactId]);
  if (joins.length === 0) return null;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return (
    <section className={styles['joins']} aria-labelledby="contact-joins">
      <h2 id="contact-joins" className={styles['heading']}>
        {t('supervision.history.heading')}
      </h2>
      <ol>
        {joins
          .toSorted((a, b) => a.startedAt - b.startedAt)
          .map((join) => (
            <li key={join.joinId} className={styles['join']}>
              <span className={styles['at']}>{time.format(join.startedAt)}</span>
              <span>
                {join.supervisor.name}
                <span className={styles['about']}>{aboutJoin(join, t)}</span>
              </span>
              {join.covert ? <Tag tone="danger">{t('supervision.history.covert')}</Tag> : null}
            </li>
          ))}
      </ol>
    </section>
  );
};

const aboutJoin = ({ modes, heardAt, endedAt, agents, why }: JoinRecord, t: TFunction): string =>
  [
    heardAt === null
      ? t('supervision.history.heardNothing')
      : [...new Set(modes.map(({ mode }) => mode))]
          .map((mode) => t(`supervision.mode.${mode}`))
          .join(', '),
    heardAt === null || endedAt === null ? null : durationText(endedAt - heardAt),
    t('supervision.history.onCallOf', { names: agents.map(({ name }) => name).join(', ') }),
    why === 'taken_over' ? t('supervision.history.takenOver') : null,
    endedAt === null ? t('supervision.history.running') : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
