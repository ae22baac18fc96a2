import { Button, Skeleton } from '@mantine/core';
import IconMailCheck from '@tabler/icons-react/dist/esm/icons/IconMailCheck.mjs';
import IconPlugConnectedX from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../../../shared/api/deeds.ts';
import { BackButton } from '../../components/BackButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { announce } from '../../state/announcement-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask } from '../../state/orders.ts';
import { goBack, show } from '../../state/view-store.ts';
import { wrote } from '../../state/write-store.ts';
import { DeedLine } from './DeedLine.tsx';
import styles from './Deeds.module.css';
import { useUndelivered, type Told } from './use-undelivered.ts';

/** What could not be written in other systems, until somebody tries again or lets it go. */
export const UndeliveredPage = () => {
  const { t } = useTranslation();
  const { told, again } = useUndelivered();
  const [shown, setShown] = useState<string | null>(null);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  return (
    <main className={styles['page']} aria-label={t('deeds.undelivered')}>
      <div className={styles['column']}>
        <BackButton ref={back} onClick={goBack}>
          {t('contact.back')}
        </BackButton>
        {told === 'loading' ? (
          <Skeleton height={220} animate={false} />
        ) : told === 'away' ? (
          <EmptyState
            icon={<IconPlugConnectedX size={32} stroke={1.5} />}
            title={t('deeds.away')}
            action={
              <Button variant="light" onClick={again}>
                {t('quality.retry')}
              </Button>
            }
          />
        ) : (
          <List deeds={told.deeds} counts={told.connections} shown={shown} onShow={setShown} />
        )}
      </div>
    </main>
  );
};

const List = ({
  deeds,
  counts,
  shown,
  onShow,
}: {
  readonly deeds: readonly DeedView[];
  readonly counts: Told['connections'];
  /** Of one connection alone; null: of all. */
  readonly shown: string | null;
  readonly onShow: (connectionId: string | null) => void;
}) => {
  const { t } = useTranslation();
  const [retrying, setRetrying] = useState(false);
  const connections = new Map(
    deeds.map(({ connectionId, connection }) => [connectionId, connection]),
  );
  const chosen = shown !== null && connections.has(shown) ? shown : null;
  const listed = deeds.filter(({ connectionId }) => chosen === null || connectionId === chosen);
  const counted = counts.filter(({ connectionId }) => chosen === null || connectionId === chosen);
  const waiting = counted.reduce((sum, each) => sum + each.waiting, 0);
  // The list ends at the newest; the count does not.
  const unlisted = counted.reduce((sum, each) => sum + each.dead, 0) - listed.length;
  // What may be there already is looked for first, one by one.
  const safe = listed.filter(({ mayRetry, why }) => mayRetry && why !== 'in_doubt');
  const retryAll = async (): Promise<void> => {
    setRetrying(true);
    let count = 0;
    for (const { id: deedId } of safe) {
      const answer = await ask('deeds.retry', { deedId });
      if (answer.ok) count += 1;
    }
    setRetrying(false);
    const refused = safe.length - count;
    announce(t('deeds.retriedAll', { count }));
    if (refused > 0) {
      giveNotice({ tone: 'error', text: t('deeds.notRetried', { count: refused }), detail: null });
    }
    wrote();
  };
  return (
    <>
      <header className={styles['head']}>
        <h1 className={styles['title']}>{t('deeds.undelivered')}</h1>
        {safe.length < 2 ? null : (
          <Button variant="light" loading={retrying} onClick={() => void retryAll()}>
            {t('deeds.retryAll', { count: safe.length })}
          </Button>
        )}
      </header>
      {waiting === 0 ? null : (
        <p className={styles['hint']}>{t('deeds.waiting', { count: waiting })}</p>
      )}
      {unlisted <= 0 ? null : (
        <p className={styles['hint']}>{t('deeds.unlisted', { count: unlisted })}</p>
      )}
      {connections.size < 2 ? null : (
        <div className={styles['chips']} role="group" aria-label={t('deeds.system')}>
          {[null, ...connections.keys()].map((connectionId) => (
            <button
              key={connectionId ?? ''}
              type="button"
              className={styles['chip']}
              aria-pressed={connectionId === chosen}
              onClick={() => {
                onShow(connectionId);
              }}
            >
              {connectionId === null ? t('deeds.all') : connections.get(connectionId)}
            </button>
          ))}
        </div>
      )}
      {listed.length === 0 ? (
        <EmptyState
          icon={<IconMailCheck size={32} stroke={1.5} />}
          title={t('deeds.noneUndelivered')}
          text={t('deeds.undeliveredText')}
        />
      ) : (
        <ul className={styles['list']}>
          {listed.map((deed) => (
            <li key={deed.id} className={styles['row']}>
              <DeedLine
                deed={deed}
                onOpen={() => {
                  show({ kind: 'contact', contactId: deed.contactId, from: 'undelivered' });
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
