import { useTranslation } from 'react-i18next';
import type { Coaching } from '../../../../shared/api/coaching.ts';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { Tag } from '../../components/Tag.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { show } from '../../state/view-store.ts';
import { percentText } from '../quality/form-words.ts';
import styles from './CoachingPage.module.css';

type Entry = {
  readonly id: string;
  readonly contactId: string;
  readonly who: string;
  readonly startedAt: number;
  readonly at: number;
  readonly by: string;
  readonly words: string;
  /** Absent: a note. */
  readonly percent?: number | null;
  readonly acknowledgedAt: number | null;
  readonly reply: string;
};

/** Notes and scores together, what is not read first, then the newest; each leads to its conversation. */
export const Told = ({ cards, notes }: Pick<Coaching, 'cards' | 'notes'>) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const entries: readonly Entry[] = [
    ...cards.map(({ scoredAt, scorer, remark, ...card }) => ({
      ...card,
      ...{ at: scoredAt, by: scorer.name, words: remark },
    })),
    ...notes.map(({ writtenAt, author, text, ...note }) => ({
      ...note,
      ...{ at: writtenAt, by: author.name, words: text },
    })),
  ].toSorted(
    (a, b) => Number(b.acknowledgedAt === null) - Number(a.acknowledgedAt === null) || b.at - a.at,
  );
  return (
    <section className={styles['part']} aria-labelledby="coaching-told">
      <h2 id="coaching-told" className={styles['heading']}>
        {t('coaching.told')}
      </h2>
      <ul className={styles['list']} onKeyDown={moveByArrows}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              data-row
              className={styles['row']}
              onClick={() => {
                show({ kind: 'contact', contactId: entry.contactId, from: 'coaching' });
              }}
            >
              {entry.percent === undefined ? (
                <span className={styles['percent']} data-word>
                  {t('coaching.note')}
                </span>
              ) : (
                <span className={styles['percent']}>{percentText(entry.percent, locale)}</span>
              )}
              <span className={styles['said']}>
                <strong className={styles['words']}>{entry.words || entry.who}</strong>
                <span className={styles['about']}>
                  {[
                    entry.by,
                    dateTimeText(entry.at, locale),
                    entry.words === '' ? null : entry.who,
                    entry.reply === '' ? null : entry.reply,
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
              </span>
              <Tag tone={entry.acknowledgedAt === null ? 'wrap-up' : 'ready'}>
                {t(
                  entry.acknowledgedAt === null
                    ? 'quality.unread'
                    : entry.reply === ''
                      ? 'quality.acknowledged'
                      : 'quality.replied',
                )}
              </Tag>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
