import { Button, NativeSelect, Skeleton } from '@mantine/core';
import IconUsersGroup from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardTerms } from '../../../../shared/api/board.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { chords } from '../../state/chords.ts';
import { show } from '../../state/view-store.ts';
import { AgentList } from './AgentList.tsx';
import { AgentPane } from './AgentPane.tsx';
import styles from './Floor.module.css';
import { filterFloor, filterFor, useFloorFilter } from './floor-filter.ts';
import { openFloor, reopenFloor, useFloor } from './floor-store.ts';
import { limitsOf, noFilter } from './floor-view.ts';
import { FloorWall } from './FloorWall.tsx';
import { LineNotice } from './LineNotice.tsx';
import { QueueTable } from './QueueTable.tsx';
import { StateChips } from './StateChips.tsx';
import { TodayCharts } from './TodayCharts.tsx';
import { useFloorView } from './use-floor-view.ts';
import { useFloorWords } from './use-floor-words.ts';

/** Wide enough for the charts beside the list. */
const wide = '(min-width: 75rem)';

/** What everybody is doing, for whoever supervises them. */
export const FloorPage = ({ wall }: { readonly wall: boolean }) => {
  const { t } = useTranslation();
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  const terms = useFloor((floor) => floor.terms);
  useEffect(() => {
    filterFor(me);
    return openFloor();
  }, [me]);
  if (wall && terms !== null) return <FloorWall terms={terms} />;
  return (
    <main className={styles['page']} aria-label={t('floor.title')}>
      {terms === null ? <Nothing /> : <Floor terms={terms} />}
    </main>
  );
};

const Floor = ({ terms }: { readonly terms: BoardTerms }) => {
  const { t } = useTranslation();
  const words = useFloorWords(terms);
  const limits = useMemo(() => limitsOf(terms), [terms]);
  const filter = useFloorFilter();
  const view = useFloorView(terms, filter);
  const [openId, setOpenId] = useState<string | null>(null);
  const [today, setToday] = useState(() => window.matchMedia(wide).matches);
  const list = useRef<HTMLDivElement>(null);
  const opened = useFloor((floor) => (openId === null ? undefined : floor.agents.get(openId)));
  const open = useCallback((agentId: string) => {
    setOpenId(agentId);
  }, []);
  const isFiltered =
    filter.team !== null ||
    filter.queue !== null ||
    filter.state !== null ||
    filter.risky ||
    filter.text !== '';
  return (
    <div className={styles['floor']} data-side={today || opened !== undefined || undefined}>
      <div className={styles['main']} ref={list}>
        <header className={styles['head']}>
          <h1 className={styles['title']}>{t('floor.title')}</h1>
          <div className={styles['fields']}>
            {terms.teams.length < 2 ? null : (
              <NativeSelect
                size="xs"
                aria-label={t('floor.team')}
                value={filter.team ?? ''}
                onChange={({ currentTarget }) => {
                  filterFloor({ team: currentTarget.value === '' ? null : currentTarget.value });
                }}
                data={[
                  { value: '', label: t('floor.allTeams') },
                  ...terms.teams.map(({ name }) => ({ value: name, label: words.team(name) })),
                ]}
              />
            )}
            <NativeSelect
              size="xs"
              aria-label={t('floor.queue')}
              value={filter.queue ?? ''}
              onChange={({ currentTarget }) => {
                filterFloor({ queue: currentTarget.value === '' ? null : currentTarget.value });
              }}
              data={[
                { value: '', label: t('floor.allQueues') },
                ...terms.queues.map(({ name }) => ({ value: name, label: words.queue(name) })),
              ]}
            />
            <SearchField
              className={styles['search']}
              label={t('floor.search')}
              placeholder={t('floor.searchHint')}
              value={filter.text}
              onChange={({ currentTarget }) => {
                filterFloor({ text: currentTarget.value });
              }}
            />
          </div>
          <ActionButton
            label={t('floor.today')}
            size="compact-sm"
            pressed={today}
            onClick={() => {
              setToday(!today);
              setOpenId(null);
            }}
          />
          <ActionButton
            label={t('floor.wall')}
            chord={chords.floorWall}
            size="compact-sm"
            onClick={() => {
              show({ kind: 'floor', wall: true });
            }}
          />
        </header>
        <LineNotice />
        <QueueTable terms={terms} words={words} />
        <StateChips view={view} />
        {view.total === 0 ? (
          <EmptyState
            icon={<IconUsersGroup size={32} stroke={1.5} />}
            title={t('floor.nobody')}
            text={t('floor.nobodyText')}
          />
        ) : view.ids.length === 0 ? (
          <EmptyState
            icon={<IconUsersGroup size={32} stroke={1.5} />}
            title={t(
              filter.risky && filter.state === null && filter.text === ''
                ? 'floor.nothingRisky'
                : 'floor.nothingFound',
            )}
            action={
              isFiltered ? (
                <Button
                  variant="light"
                  onClick={() => {
                    filterFloor(noFilter);
                  }}
                >
                  {t('floor.showAll')}
                </Button>
              ) : null
            }
          />
        ) : (
          <AgentList ids={view.ids} openId={openId} limits={limits} words={words} onOpen={open} />
        )}
      </div>
      {opened !== undefined ? (
        <aside className={styles['side']} aria-label={t('floor.agent')}>
          <AgentPane
            agent={opened}
            limits={limits}
            words={words}
            onClose={() => {
              setOpenId(null);
              list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
            }}
          />
        </aside>
      ) : today ? (
        <aside className={styles['side']} aria-label={t('floor.today')}>
          <TodayCharts terms={terms} words={words} />
        </aside>
      ) : null}
    </div>
  );
};

const Nothing = () => {
  const { t } = useTranslation();
  const line = useFloor((floor) => floor.line);
  if (line === 'opening' || line === 'up') {
    return (
      <div className={styles['loading']} aria-hidden="true">
        <Skeleton height={120} animate={false} />
        <Skeleton height={320} animate={false} />
      </div>
    );
  }
  return (
    <EmptyState
      icon={<IconUsersGroup size={32} stroke={1.5} />}
      title={t('floor.unread')}
      text={t('floor.unreadText')}
      action={
        <Button variant="light" onClick={reopenFloor}>
          {t('floor.retry')}
        </Button>
      }
    />
  );
};
