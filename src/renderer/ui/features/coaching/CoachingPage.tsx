import { Button, Skeleton } from '@mantine/core';
import IconMessageStar from '@tabler/icons-react/dist/esm/icons/IconMessageStar.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Coaching } from '../../../../shared/api/coaching.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { BackButton } from '../../components/BackButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Tag } from '../../components/Tag.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { chords } from '../../state/chords.ts';
import { ask } from '../../state/orders.ts';
import { show, showDesk } from '../../state/view-store.ts';
import { percentText } from '../quality/form-words.ts';
import { CoachingTrend } from './CoachingTrend.tsx';
import { Told } from './Told.tsx';
import styles from './CoachingPage.module.css';

type Loaded = Coaching | 'loading' | 'not_found' | 'away';

/** What supervisors told an agent, and how it goes over the weeks; a supervisor chooses whose page it is. */
export const CoachingPage = ({ agentId }: { readonly agentId: string | null }) => {
  const { t } = useTranslation();
  const [page, setPage] = useState<Loaded>('loading');
  const [tries, setTries] = useState(0);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const unread = useDesk(({ coaching }) => coaching?.unread ?? 0);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  useEffect(() => {
    let current = true;
    void ask('coaching.page', agentId === null ? {} : { agentId }).then((answer) => {
      if (!current) return;
      setPage(answer.ok ? answer.value : answer.why.code === 'not_found' ? 'not_found' : 'away');
    });
    return () => {
      current = false;
    };
  }, [agentId, connected, unread, tries]);
  return (
    <main className={styles['page']} aria-label={t('coaching.title')}>
      <div className={styles['body']}>
        <BackButton
          ref={back}
          onClick={() => {
            if (agentId === null) showDesk();
            else show({ kind: 'coaching' });
          }}
        >
          {t(agentId === null ? 'contact.back' : 'coaching.backToAll')}
        </BackButton>
        {typeof page === 'object' ? (
          <Page page={page} />
        ) : (
          <>
            <header className={styles['head']}>
              <h1 className={styles['title']}>{t('coaching.title')}</h1>
            </header>
            {page === 'loading' ? (
              <Skeleton height={220} animate={false} />
            ) : (
              <EmptyState
                icon={<IconMessageStar size={32} stroke={1.5} />}
                title={t(page === 'away' ? 'coaching.away' : 'coaching.noAgent')}
                action={
                  <Button
                    variant="light"
                    onClick={() => {
                      setTries(tries + 1);
                    }}
                  >
                    {t('quality.retry')}
                  </Button>
                }
              />
            )}
          </>
        )}
      </div>
    </main>
  );
};

const Page = ({ page }: { readonly page: Coaching }) => {
  const { t } = useTranslation();
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  const { agent, agents, weeks, criteria, cards, notes } = page;
  const isOwn = agent?.id === me;
  return (
    <>
      <header className={styles['head']}>
        <h1 className={styles['title']}>
          {agent === null || isOwn ? t('coaching.title') : agent.name}
        </h1>
        <ActionButton
          label={t('quality.title')}
          chord={chords.quality}
          size="compact-sm"
          onClick={() => {
            show({ kind: 'quality' });
          }}
        />
      </header>
      {agent === null ? (
        <Agents agents={agents} />
      ) : cards.length + notes.length === 0 ? (
        <EmptyState
          icon={<IconMessageStar size={32} stroke={1.5} />}
          title={t(isOwn ? 'coaching.nothingOwn' : 'coaching.nothing', { name: agent.name })}
        />
      ) : (
        <>
          <CoachingTrend weeks={weeks} criteria={criteria} />
          <Told cards={cards} notes={notes} />
        </>
      )}
    </>
  );
};

/** Whom a supervisor may coach, and how each of them stands. */
const Agents = ({ agents }: { readonly agents: Coaching['agents'] }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section aria-label={t('coaching.agents')}>
      <p className={styles['none']}>
        {t(agents.length === 0 ? 'coaching.noAgents' : 'coaching.lastWeeks')}
      </p>
      <ul className={styles['list']} onKeyDown={moveByArrows}>
        {agents.map(({ id, name, reviews, percent, lastAt, unread }) => (
          <li key={id}>
            <button
              type="button"
              data-row
              className={styles['row']}
              onClick={() => {
                show({ kind: 'coaching', agentId: id });
              }}
            >
              <span className={styles['percent']}>{percentText(percent, locale)}</span>
              <span className={styles['said']}>
                <strong>{name}</strong>
                <span className={styles['about']}>
                  {[
                    t('coaching.reviews', { count: reviews }),
                    lastAt === null
                      ? null
                      : t('coaching.last', { when: dateTimeText(lastAt, locale) }),
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </span>
              </span>
              {unread === 0 ? null : (
                <Tag tone="wrap-up">{t('coaching.notRead', { count: unread })}</Tag>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
