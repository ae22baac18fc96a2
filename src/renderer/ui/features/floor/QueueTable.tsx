import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardQueue, BoardTerms } from '../../../../shared/api/board.ts';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useNowWhile } from '../../state/use-now.ts';
import { Definition } from './Definition.tsx';
import { shareText, toneOfShare, toneOfWait } from './figure-words.ts';
import { filterFloor, useFloorFilter } from './floor-filter.ts';
import { useFloor } from './floor-store.ts';
import styles from './QueueTable.module.css';
import type { FloorWords } from './use-floor-words.ts';

type QueueTerms = BoardTerms['queues'][number];

/** Every queue with who waits and how it does, in the order of the centre. */
export const QueueTable = memo(
  ({ terms, words }: { readonly terms: BoardTerms; readonly words: FloorWords }) => {
    const { t } = useTranslation();
    const queues = useFloor((floor) => floor.queues);
    const chosen = useFloorFilter((filter) => filter.queue);
    const columns = [
      ['waiting', t('floor.waiting'), t('floor.definition.waiting')],
      ['longest', t('floor.longest'), t('floor.definition.longest')],
      ['ready', t('floor.ready'), t('floor.definition.ready')],
      ['now', t('floor.levelNow'), t('floor.definition.levelNow')],
      ['today', t('floor.levelToday'), t('floor.definition.levelToday')],
      ['abandoned', t('floor.abandoned'), t('floor.definition.abandoned')],
    ] as const;
    return (
      <div className={styles['scroller']} tabIndex={0} role="region" aria-label={t('floor.queues')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('floor.queue')}</th>
              {columns.map(([key, name, text]) => (
                <th key={key} scope="col" className={styles['number']}>
                  <Definition name={name} text={text} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {terms.queues.map((queueTerms) => {
              const queue = queues.get(queueTerms.name);
              const isChosen = chosen === queueTerms.name;
              return queue === undefined ? null : (
                <tr key={queue.name} data-chosen={isChosen || undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      className={styles['queue']}
                      aria-pressed={isChosen}
                      title={t('floor.showQueue')}
                      onClick={() => {
                        filterFloor({ queue: isChosen ? null : queue.name });
                      }}
                    >
                      {words.queue(queue.name)}
                    </button>
                  </th>
                  <Figures queue={queue} terms={queueTerms} />
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    );
  },
);
QueueTable.displayName = 'QueueTable';

const Figures = ({ queue, terms }: { readonly queue: BoardQueue; readonly terms: QueueTerms }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNowWhile(queue.waitingSince !== null);
  const none = t('common.none');
  const waitMs = queue.waitingSince === null ? 0 : Math.max(0, now - queue.waitingSince);
  const nobody = queue.waiting > 0 && queue.ready === 0;
  const level = (share: number | null) => (
    <td className={styles['number']} data-tone={toneOfShare(share, terms.serviceLevelTarget)}>
      {shareText(share, locale, none)}
    </td>
  );
  return (
    <>
      <td className={styles['number']} data-strong={queue.waiting > 0 || undefined}>
        {queue.waiting}
      </td>
      <td
        className={styles['number']}
        data-tone={queue.waiting === 0 ? undefined : toneOfWait(waitMs, terms)}
      >
        {queue.waiting === 0 ? none : durationText(waitMs)}
      </td>
      <td className={styles['number']} data-tone={nobody ? 'danger' : undefined}>
        {queue.ready}
      </td>
      {level(queue.serviceLevelNow)}
      {level(queue.serviceLevelToday)}
      <td className={styles['number']}>
        {queue.abandonedToday}
        <span className={styles['of']}> {t('floor.ofOffered', { count: queue.offeredToday })}</span>
      </td>
    </>
  );
};
