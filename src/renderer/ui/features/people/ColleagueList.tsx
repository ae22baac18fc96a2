import { Skeleton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusFirstRow, moveByArrows } from '../../components/arrow-rows.ts';
import { ariaKeys } from '../../components/chord.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { useLabel } from '../../i18n/use-locale.ts';
import { chords } from '../../state/chords.ts';
import { useFreshTargets } from '../../state/targets-store.ts';
import { beginsWords } from '../../state/word-search.ts';
import { colleagueFieldId } from './colleague-field.ts';
import { FavouriteStar } from './FavouriteStar.tsx';
import styles from './People.module.css';
import { ColleagueRow, QueueRow } from './PeopleRows.tsx';

const freshEveryMs = 5_000;

/** Everybody here and how they are, and what goes on in the queues; asked for only while it is looked at. */
export const ColleagueList = () => {
  const { t } = useTranslation();
  const label = useLabel();
  const { targets, away } = useFreshTargets(freshEveryMs);
  const [typed, setTyped] = useState('');
  const lists = useRef<HTMLDivElement>(null);
  const agents = (targets?.agents ?? []).filter((agent) =>
    beginsWords(`${agent.name} ${agent.extension}`, typed),
  );
  const queues = (targets?.queues ?? []).filter((queue) =>
    beginsWords(`${label(queue.label)} ${queue.name}`, typed),
  );
  return (
    <>
      <SearchField
        id={colleagueFieldId}
        className={styles['head']}
        label={t('people.search')}
        type="search"
        maxLength={64}
        placeholder={t('people.searchHint')}
        aria-keyshortcuts={ariaKeys(chords.colleagues)}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          focusFirstRow(lists.current);
        }}
      />
      {away ? (
        <p className={styles['away']} role="status" data-tone="wrap-up">
          {t(targets === null ? 'people.away' : 'transfer.stale')}
        </p>
      ) : null}
      {targets === null && !away ? (
        <div className={styles['loading']} role="status" aria-label={t('transfer.loading')}>
          <Skeleton height={40} animate={false} />
          <Skeleton height={40} animate={false} />
        </div>
      ) : null}
      {targets !== null && agents.length + queues.length === 0 ? (
        <p className={styles['none']} role="status">
          {typed.trim() === '' ? t('people.nobody') : t('people.noneFits', { typed })}
        </p>
      ) : null}
      <div ref={lists} onKeyDown={moveByArrows}>
        {agents.length === 0 ? null : (
          <ul className={styles['list']} aria-label={t('people.colleagues')}>
            {agents.map((agent) => (
              <ColleagueRow key={agent.id} agent={agent}>
                <FavouriteStar kind="agent" target={agent.extension} label={agent.name} />
              </ColleagueRow>
            ))}
          </ul>
        )}
        {queues.length === 0 ? null : (
          <>
            <h2 className={styles['group']}>{t('transfer.kind.queue')}</h2>
            <ul className={styles['list']} aria-label={t('transfer.kind.queue')}>
              {queues.map((queue) => (
                <QueueRow key={queue.name} queue={queue}>
                  <FavouriteStar kind="queue" target={queue.name} label={label(queue.label)} />
                </QueueRow>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
};
