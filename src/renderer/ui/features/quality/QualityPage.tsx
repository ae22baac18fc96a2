import { Button, Skeleton } from '@mantine/core';
import IconClipboardCheck from '@tabler/icons-react/dist/esm/icons/IconClipboardCheck.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityList } from '../../../../shared/api/quality.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { BackButton } from '../../components/BackButton.tsx';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Tag } from '../../components/Tag.tsx';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { useQueueText } from '../../state/use-contact-text.ts';
import { show, showDesk } from '../../state/view-store.ts';
import { percentText } from './form-words.ts';
import styles from './QualityPage.module.css';

type Loaded = QualityList | 'loading' | 'away';

/** The own scores; for a supervisor those of the team as well, and recorded calls that wait to be scored. */
export const QualityPage = () => {
  const { t } = useTranslation();
  const [list, setList] = useState<Loaded>('loading');
  const [tries, setTries] = useState(0);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  useEffect(() => {
    let current = true;
    void ask('quality.list', null).then((answer) => {
      if (current) setList(answer.ok ? answer.value : 'away');
    });
    return () => {
      current = false;
    };
  }, [connected, tries]);
  return (
    <main className={styles['page']} aria-label={t('quality.title')}>
      <div className={styles['body']}>
        <BackButton ref={back} onClick={showDesk}>
          {t('contact.back')}
        </BackButton>
        <h1 className={styles['title']}>{t('quality.title')}</h1>
        {list === 'loading' ? (
          <Skeleton height={160} animate={false} />
        ) : list === 'away' ? (
          <EmptyState
            icon={<IconClipboardCheck size={32} stroke={1.5} />}
            title={t('quality.away')}
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
        ) : (
          <Lists list={list} />
        )}
      </div>
    </main>
  );
};

const Lists = ({ list: { cards, unscored } }: { readonly list: QualityList }) => {
  const { t } = useTranslation();
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user : null));
  const own = cards.filter(({ agent }) => agent.id === me?.id);
  const team = cards.filter(({ agent }) => agent.id !== me?.id);
  if (me?.role !== 'agent') {
    return (
      <>
        <Rows title={t('quality.toScore')} none={t('quality.nothingToScore')} rows={unscored} />
        <Rows title={t('quality.scored')} none={t('quality.nothingScored')} rows={team} />
        {own.length === 0 ? null : <Rows title={t('quality.own')} none="" rows={own} />}
      </>
    );
  }
  return <Rows title={t('quality.own')} none={t('quality.noOwn')} rows={own} isOwn />;
};

type Row = QualityList['unscored'][number] & Partial<QualityList['cards'][number]>;

const Rows = ({
  title,
  none,
  rows,
  isOwn = false,
}: {
  readonly title: string;
  readonly none: string;
  readonly rows: readonly Row[];
  readonly isOwn?: boolean;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const label = useLabel();
  const queueText = useQueueText();
  return (
    <section className={styles['list']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      {rows.length === 0 ? <p className={styles['none']}>{none}</p> : null}
      <ul onKeyDown={moveByArrows}>
        {rows.map((row) => (
          <li key={`${row.contactId} ${row.agent.id}`}>
            <button
              type="button"
              data-row
              className={styles['row']}
              onClick={() => {
                show({ kind: 'contact', contactId: row.contactId, from: 'quality' });
              }}
            >
              {row.percent === undefined ? null : (
                <span className={styles['percent']}>{percentText(row.percent, locale)}</span>
              )}
              <span className={styles['who']}>
                <strong>{isOwn ? row.who : row.agent.name}</strong>
                <span>
                  {[
                    isOwn ? null : row.who,
                    dateTimeText(row.startedAt, locale),
                    queueText(row.queue),
                    row.form === undefined ? null : label(row.form),
                    row.scorer?.name,
                  ]
                    .filter((part) => part !== null && part !== undefined && part !== '')
                    .join(' · ')}
                </span>
              </span>
              {row.acknowledgedAt === undefined ? null : (
                <Tag tone={row.acknowledgedAt === null ? 'wrap-up' : 'ready'}>
                  {t(
                    row.reply !== undefined && row.reply !== ''
                      ? 'quality.replied'
                      : row.acknowledgedAt === null
                        ? 'quality.unread'
                        : 'quality.acknowledged',
                  )}
                </Tag>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
