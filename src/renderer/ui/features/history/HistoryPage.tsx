import { Button, Skeleton } from '@mantine/core';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { BackButton } from '../../components/BackButton.tsx';
import { serverNow } from '../../bridge/clock.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { focusFirstRow, moveByArrows } from '../../components/arrow-rows.ts';
import { ariaKeys, keyText } from '../../components/chord.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { useLocale } from '../../i18n/use-locale.ts';
import { chords, historyChords } from '../../state/chords.ts';
import { findHistory, findMoreHistory, lookFor, useHistory } from '../../state/history-store.ts';
import { showDesk } from '../../state/view-store.ts';
import { byDay } from './days.ts';
import { historyFieldId } from './history-field.ts';
import styles from './History.module.css';
import { HistoryRow } from './HistoryRow.tsx';

const kinds = ['all', 'missed', 'inbound', 'outbound'] as const;
/** Nobody is asked for every letter. */
const typingMs = 180;

/** Every call of this agent, the newest first: searched, filtered, opened and called back. */
export const HistoryPage = () => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { search, show, contacts, next, state } = useHistory();
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const today = useDesk(({ today: told }) =>
    told === null ? '' : `${String(told.contacts)} ${String(told.missed)}`,
  );
  const [adding, setAdding] = useState(false);
  const [tries, setTries] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const by = [search.trim(), show, today, String(connected), String(tries)].join('\n');

  useEffect(() => {
    const opened = useHistory.getState().openedId;
    const row = document.querySelector<HTMLElement>(
      `[data-contact-id="${opened ?? ''}"] [data-row]`,
    );
    if (row === null) field.current?.focus();
    else row.focus();
  }, []);
  useEffect(() => {
    const isTyped = useHistory.getState().foundBy !== null;
    const timer = setTimeout(() => void findHistory(by), isTyped ? typingMs : 0);
    return () => {
      clearTimeout(timer);
    };
  }, [by]);

  const more = async (): Promise<void> => {
    const rows = list.current?.querySelectorAll('[data-row]').length ?? 0;
    setAdding(true);
    await findMoreHistory();
    setAdding(false);
    // The button that was pressed may be gone; what it brought is where the reading goes on.
    requestAnimationFrame(() => {
      list.current?.querySelectorAll<HTMLElement>('[data-row]')[rows]?.focus();
    });
  };
  const onListKey = (event: KeyboardEvent<HTMLElement>): void => {
    const isFirst = list.current?.querySelector('[data-row]') === event.target;
    if (event.key === 'ArrowUp' && isFirst) {
      event.preventDefault();
      field.current?.focus();
    } else moveByArrows(event);
  };

  return (
    <main className={styles['page']} aria-label={t('history.title')}>
      <div className={styles['head']}>
        <BackButton onClick={showDesk}>{t('contact.back')}</BackButton>
        <div className={styles['first']}>
          <h1 className={styles['title']}>{t('history.title')}</h1>
          <p className={styles['keys']}>
            {t('history.keys', {
              open: keyText(historyChords.open),
              call: keyText(historyChords.callBack),
              note: keyText(historyChords.note),
            })}
          </p>
        </div>
        <SearchField
          ref={field}
          id={historyFieldId}
          label={t('history.search')}
          large
          type="search"
          maxLength={128}
          placeholder={t('history.searchHint')}
          aria-keyshortcuts={ariaKeys(chords.history)}
          value={search}
          onChange={(event) => {
            lookFor({ search: event.currentTarget.value });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && search === '') showDesk();
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            focusFirstRow(list.current);
          }}
        />
        <div className={styles['filters']}>
          <div className={styles['chips']} role="group" aria-label={t('history.filter')}>
            {kinds.map((kind) => (
              <button
                key={kind}
                type="button"
                className={styles['chip']}
                aria-pressed={kind === show}
                onClick={() => {
                  lookFor({ show: kind });
                }}
              >
                {t(`history.show.${kind}`)}
              </button>
            ))}
          </div>
          <p className={styles['count']} role="status">
            {state === 'here'
              ? next === null
                ? t('history.found', { count: contacts.length })
                : t('history.foundMore', { count: contacts.length })
              : ''}
          </p>
        </div>
      </div>
      <div ref={list} className={styles['list']} onKeyDown={onListKey}>
        {state === 'away' && contacts.length > 0 ? (
          <p className={styles['away']} role="status" data-tone="wrap-up">
            {t('history.stale')}
          </p>
        ) : null}
        {contacts.length > 0 ? (
          byDay(contacts, serverNow(), locale).map((day) => (
            <section key={day.heading} aria-label={day.heading}>
              <h2 className={styles['day']}>{day.heading}</h2>
              <ul>
                {day.contacts.map((contact) => (
                  <HistoryRow key={contact.id} contact={contact} now={serverNow()} />
                ))}
              </ul>
            </section>
          ))
        ) : (
          <Nothing
            state={state}
            search={search.trim()}
            filtered={show !== 'all'}
            onRetry={() => {
              setTries(tries + 1);
            }}
          />
        )}
        {next !== null && contacts.length > 0 ? (
          <div className={styles['more']}>
            <Button variant="light" color="not-ready" loading={adding} onClick={() => void more()}>
              {t('history.more')}
            </Button>
          </div>
        ) : null}
      </div>
    </main>
  );
};

const Nothing = ({
  state,
  search,
  filtered,
  onRetry,
}: {
  readonly state: 'loading' | 'here' | 'away';
  readonly search: string;
  readonly filtered: boolean;
  readonly onRetry: () => void;
}) => {
  const { t } = useTranslation();
  if (state === 'loading') {
    return (
      <div className={styles['loading']} aria-hidden="true">
        {[0, 1, 2, 3].map((line) => (
          <Skeleton key={line} height={44} animate={false} />
        ))}
      </div>
    );
  }
  const icon = <IconHistory size={32} stroke={1.5} />;
  if (state === 'away') {
    return (
      <EmptyState
        icon={icon}
        title={t('history.away')}
        action={
          <Button variant="light" onClick={onRetry}>
            {t('history.retry')}
          </Button>
        }
      />
    );
  }
  if (search !== '') {
    return (
      <EmptyState
        icon={icon}
        title={t('history.nothing', { text: search })}
        text={t('history.nothingText')}
      />
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={t(filtered ? 'history.nothingShown' : 'history.none')}
      text={t('recent.noneText')}
    />
  );
};
