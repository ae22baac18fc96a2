import { ActionIcon, Skeleton } from '@mantine/core';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { transferChords } from '../../state/chords.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import { useFavourites } from '../../state/favourites.ts';
import { useFreshTargets } from '../../state/targets-store.ts';
import { useCapabilities } from '../../state/use-capabilities.ts';
import { FavouriteStar } from '../people/FavouriteStar.tsx';
import { closePanel, panelId, parkCall, passCall } from './call-orders.ts';
import {
  canTake,
  favouriteOf,
  findTargets,
  groupTargets,
  targetOf,
  type TargetOption,
} from './target-search.ts';
import { TargetRow } from './TargetRow.tsx';
import styles from './TransferPanel.module.css';

const withQueues = {
  search: 'transfer.search',
  searchHint: 'transfer.searchHint',
  away: 'transfer.away',
  nobody: 'transfer.nobody',
} as const;
/** At a plain SIP service. */
const withoutQueues = {
  search: 'transfer.withoutQueues.search',
  searchHint: 'transfer.withoutQueues.searchHint',
  away: 'transfer.withoutQueues.away',
  nobody: 'transfer.withoutQueues.nobody',
} as const;

/** To whom a call can go: found by typing, chosen with the arrows, handed over at once or asked first. */
export const TransferPanel = ({
  callId,
  canAsk,
}: {
  readonly callId: string;
  /** Whether another call can be made beside the ones there are. */
  readonly canAsk: boolean;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const id = useId();
  const { targets, away } = useFreshTargets();
  const { queues, parking } = useCapabilities();
  const words = queues ? withQueues : withoutQueues;
  const [typed, setTyped] = useState('');
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const nowButton = useRef<HTMLButtonElement>(null);
  const favourites = useFavourites();
  const groups = groupTargets(
    findTargets(targets, typed, (queue) => label(queue.label)),
    favourites,
    typed,
  );
  const found = groups.flatMap(({ options }) => options);
  const chosen =
    found.find((option) => option.key === chosenKey) ?? found.find(canTake) ?? found[0] ?? null;
  const takes = chosen !== null && canTake(chosen);
  const asks = takes && canAsk && chosen.kind !== 'queue';

  useEffect(() => {
    field.current?.focus();
  }, []);

  const pass = (kind: 'transfer' | 'consult'): void => {
    if (chosen === null || !takes || sending) return;
    setSending(true);
    void passCall(kind, callId, targetOf(chosen)).finally(() => {
      setSending(false);
    });
  };
  const goBy = (step: number): void => {
    const index = found.findIndex((option) => option === chosen) + step;
    const next = found[Math.max(0, Math.min(found.length - 1, index))];
    if (next === undefined) return;
    setChosenKey(next.key);
    document.getElementById(`${id}-${next.key}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onFieldKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') goBy(1);
    else if (event.key === 'ArrowUp') goBy(-1);
    else if (event.key === 'Enter' && event.shiftKey) pass('transfer');
    else if (event.key === 'Enter' && asks) pass('consult');
    // Without anybody to ask, a reflex must not hand the customer away.
    else if (event.key === 'Enter') nowButton.current?.focus();
    else return;
    event.preventDefault();
  };

  return (
    <section
      id={panelId}
      className={styles['panel']}
      aria-label={t('call.transfer')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        closePanel();
      }}
    >
      <div className={styles['head']}>
        <SearchField
          ref={field}
          className={styles['field']}
          label={t(words.search)}
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen === null ? undefined : `${id}-${chosen.key}`}
          maxLength={64}
          placeholder={t(words.searchHint)}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosenKey(null);
          }}
          onKeyDown={onFieldKey}
        />
        <ActionIcon size="lg" aria-label={t('common.close')} onClick={closePanel}>
          <IconX size={18} />
        </ActionIcon>
      </div>
      {away ? (
        <p className={styles['away']} role="status" data-tone="wrap-up">
          {targets === null ? t(words.away) : t('transfer.stale')}
        </p>
      ) : null}
      {targets === null && !away ? (
        <div className={styles['loading']} role="status" aria-label={t('transfer.loading')}>
          <Skeleton height={34} animate={false} />
          <Skeleton height={34} animate={false} />
          <Skeleton height={34} animate={false} />
        </div>
      ) : null}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('transfer.targets')}
        className={styles['list']}
        // Chromium lets Tab stop at whatever scrolls; the arrows of the field go through this list.
        tabIndex={-1}
      >
        {groups.map(({ name, options }) => (
          <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
            <p id={`${id}-${name}`} className={styles['group']} role="presentation">
              {name === 'favourite' ? t('favourite.title') : t(`transfer.kind.${name}`)}
            </p>
            {options.map((option) => (
              <div
                key={option.key}
                id={`${id}-${option.key}`}
                role="option"
                aria-selected={option === chosen}
                className={styles['option']}
                data-unreachable={!canTake(option) || undefined}
                onClick={() => {
                  setChosenKey(option.key);
                  field.current?.focus();
                }}
              >
                <TargetRow option={option} />
              </div>
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && (targets !== null || typed.trim() !== '') ? (
        <p className={styles['none']} role="status">
          {typed.trim() === '' ? t(words.nobody) : t('transfer.noneFits', { typed })}
        </p>
      ) : null}
      <div className={styles['foot']}>
        <p className={styles['to']} aria-live="polite">
          <Chosen option={chosen} />
        </p>
        {chosen === null ? null : (
          <FavouriteStar {...favouriteOf(chosen, (queue) => label(queue.label))} />
        )}
        {parking ? (
          <ActionButton
            label={t('parked.park')}
            variant="subtle"
            size="sm"
            disabled={sending}
            onClick={() => {
              setSending(true);
              void parkCall(callId).finally(() => {
                setSending(false);
              });
            }}
          />
        ) : null}
        {takes ? (
          <ActionButton
            label={t('transfer.now')}
            chord={transferChords.now}
            color="brand"
            variant={asks ? 'light' : 'filled'}
            size="sm"
            buttonRef={nowButton}
            disabled={sending}
            onClick={() => {
              pass('transfer');
            }}
          />
        ) : null}
        {asks ? (
          <ActionButton
            label={t('transfer.askFirst')}
            chord={transferChords.askFirst}
            color="brand"
            variant="filled"
            size="sm"
            disabled={sending}
            onClick={() => {
              pass('consult');
            }}
          />
        ) : null}
      </div>
    </section>
  );
};

/** Who it is that the buttons are about, and why there may be none. */
const Chosen = ({ option }: { readonly option: TargetOption | null }) => {
  const { t } = useTranslation();
  const label = useLabel();
  if (option === null) return '';
  if (option.kind === 'agent') {
    const { name, reachable } = option.agent;
    if (canTake(option)) return t('transfer.to', { to: name });
    return t(reachable ? 'transfer.inPeace' : 'transfer.cannotTake', { to: name });
  }
  return t('transfer.to', {
    to: option.kind === 'queue' ? label(option.queue.label) : option.number,
  });
};
