import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardQueue, BoardTerms } from '../../../../shared/api/board.ts';
import { durationText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { show } from '../../state/view-store.ts';
import { useNow } from '../../state/use-now.ts';
import { compareQueues, shareText, toneOfShare, toneOfWait } from './figure-words.ts';
import { useFloorFilter } from './floor-filter.ts';
import { useFloor } from './floor-store.ts';
import { floorStates, limitsOf, risksOfAgent } from './floor-view.ts';
import styles from './FloorWall.module.css';
import { RiskTags } from './RiskTags.tsx';
import { LineNotice } from './LineNotice.tsx';
import { useFloorView } from './use-floor-view.ts';
import { toneOfState, useFloorWords, type FloorWords } from './use-floor-words.ts';

/** So many fit on a display that is read from across a room. */
const shownQueues = 9;
const shownAgents = 8;

/** The floor on a display that nobody sits at: large, without anything to press. */
export const FloorWall = ({ terms }: { readonly terms: BoardTerms }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useFloorWords(terms);
  const limits = useMemo(() => limitsOf(terms), [terms]);
  const team = useFloorFilter((filter) => filter.team);
  const queueName = useFloorFilter((filter) => filter.queue);
  const filter = useMemo(
    () => ({ team, queue: queueName, state: null, risky: false, text: '' }),
    [team, queueName],
  );
  const view = useFloorView(terms, filter);
  const now = useNow('second');
  const queues = useFloor((floor) => floor.queues);
  const agents = useFloor((floor) => floor.agents);
  useEffect(() => {
    // Where the system does not let it, the window is filled all the same.
    document.documentElement.requestFullscreen().catch(() => undefined);
    const onChange = (): void => {
      if (document.fullscreenElement === null) show({ kind: 'floor' });
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, []);
  const shown = [...queues.values()]
    .filter(({ name }) => queueName === null || name === queueName)
    .sort(compareQueues)
    .slice(0, shownQueues);
  const risky = view.ids
    .flatMap((id) => agents.get(id) ?? [])
    .map((agent) => ({ agent, risks: risksOfAgent(agent, limits, now) }))
    .filter(({ risks }) => risks.length > 0);
  return (
    <main className={styles['wall']} aria-label={t('floor.wall')}>
      <header className={styles['head']}>
        <h1>{t('floor.title')}</h1>
        <LineNotice />
        <time>{timeText(now, locale)}</time>
      </header>
      <section
        className={styles['queues']}
        aria-label={t('floor.queues')}
        data-many={shown.length > 4 || undefined}
      >
        {shown.map((queue) => (
          <QueueTile key={queue.name} queue={queue} terms={terms} words={words} now={now} />
        ))}
      </section>
      <section className={styles['states']} aria-label={t('floor.states')}>
        {floorStates.map((state) => (
          <p key={state} data-tone={toneOfState[state]}>
            <strong>{view.counts[state]}</strong>
            <span>{t(`agent.state.${state}`)}</span>
          </p>
        ))}
      </section>
      <section className={styles['agents']} aria-label={t('floor.attention')}>
        <h2>{t('floor.attention')}</h2>
        {risky.length === 0 ? <p className={styles['calm']}>{t('floor.nothingRisky')}</p> : null}
        <ul>
          {risky.slice(0, shownAgents).map(({ agent, risks }) => (
            <li key={agent.id}>
              <strong>{agent.name}</strong>
              <span className={styles['tags']}>
                <RiskTags agent={agent} risks={risks} now={now} words={words} />
              </span>
            </li>
          ))}
        </ul>
        {risky.length > shownAgents ? (
          <p className={styles['more']}>
            {t('floor.moreRisky', { count: risky.length - shownAgents })}
          </p>
        ) : null}
      </section>
    </main>
  );
};

const QueueTile = ({
  queue,
  terms,
  words,
  now,
}: {
  readonly queue: BoardQueue;
  readonly terms: BoardTerms;
  readonly words: FloorWords;
  readonly now: number;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const own = terms.queues.find(({ name }) => name === queue.name);
  if (own === undefined) return null;
  const none = t('common.none');
  const waitMs = queue.waitingSince === null ? 0 : Math.max(0, now - queue.waitingSince);
  return (
    <article className={styles['tile']}>
      <h2>{words.queue(queue.name)}</h2>
      <dl>
        <div data-large data-tone={queue.waiting === 0 ? undefined : toneOfWait(waitMs, own)}>
          <dt>{t('floor.waiting')}</dt>
          <dd>{queue.waiting}</dd>
        </div>
        <div data-large data-tone={toneOfShare(queue.serviceLevelToday, own.serviceLevelTarget)}>
          <dt>{t('floor.levelToday')}</dt>
          <dd>{shareText(queue.serviceLevelToday, locale, none)}</dd>
        </div>
        <div data-tone={queue.waiting === 0 ? undefined : toneOfWait(waitMs, own)}>
          <dt>{t('floor.longest')}</dt>
          <dd>{queue.waiting === 0 ? none : durationText(waitMs)}</dd>
        </div>
        <div data-tone={toneOfShare(queue.serviceLevelNow, own.serviceLevelTarget)}>
          <dt>{t('floor.levelNow')}</dt>
          <dd>{shareText(queue.serviceLevelNow, locale, none)}</dd>
        </div>
        <div data-tone={queue.waiting > 0 && queue.ready === 0 ? 'danger' : undefined}>
          <dt>{t('floor.ready')}</dt>
          <dd>{queue.ready}</dd>
        </div>
        <div>
          <dt>{t('floor.abandoned')}</dt>
          <dd>{queue.abandonedToday}</dd>
        </div>
      </dl>
    </article>
  );
};
