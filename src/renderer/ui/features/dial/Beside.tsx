import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ColleagueList } from '../people/ColleagueList.tsx';
import { FavouriteList } from '../people/FavouriteList.tsx';
import { useFavourites } from '../../state/favourites.ts';
import { change, useView, type Beside as Chosen } from '../../state/view-store.ts';
import styles from './Beside.module.css';
import { RecentContacts } from './RecentContacts.tsx';

const tabs = [
  { name: 'recent', text: 'people.recent' },
  { name: 'favourites', text: 'favourite.title' },
  { name: 'colleagues', text: 'people.colleagues' },
] as const;

const tabId = (name: Chosen): string => `beside-${name}`;
const panelId = 'beside';

/** Whom to call, beside the keypad: who was here, favourites, and colleagues with how they are. */
export const Beside = () => {
  const { t } = useTranslation();
  const hasFavourites = useFavourites().length > 0;
  const chosen = useView((view) => view.beside) ?? (hasFavourites ? 'favourites' : 'recent');
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = tabs.findIndex(({ name }) => name === chosen);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    change({ beside: next.name });
    document.getElementById(tabId(next.name))?.focus();
  };
  return (
    <div className={styles['beside']}>
      <div
        className={styles['tabs']}
        role="tablist"
        aria-label={t('people.beside')}
        onKeyDown={onKeyDown}
      >
        {tabs.map(({ name, text }) => (
          <button
            key={name}
            id={tabId(name)}
            type="button"
            role="tab"
            className={styles['tab']}
            aria-selected={name === chosen}
            aria-controls={panelId}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => {
              change({ beside: name });
            }}
          >
            {t(text)}
          </button>
        ))}
      </div>
      <div id={panelId} role="tabpanel" aria-labelledby={tabId(chosen)}>
        {chosen === 'recent' ? (
          <RecentContacts />
        ) : chosen === 'favourites' ? (
          <FavouriteList />
        ) : (
          <ColleagueList />
        )}
      </div>
    </div>
  );
};
