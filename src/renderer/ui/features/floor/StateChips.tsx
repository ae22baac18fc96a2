import { useTranslation } from 'react-i18next';
import { filterFloor, useFloorFilter } from './floor-filter.ts';
import { floorStates, type FloorView } from './floor-view.ts';
import styles from './StateChips.module.css';
import { toneOfState } from './use-floor-words.ts';

/** How many do what; each shows those alone. */
export const StateChips = ({ view }: { readonly view: FloorView }) => {
  const { t } = useTranslation();
  const chosen = useFloorFilter((filter) => filter.state);
  const risky = useFloorFilter((filter) => filter.risky);
  return (
    <div className={styles['chips']} role="group" aria-label={t('floor.filterStates')}>
      <button
        type="button"
        className={styles['chip']}
        data-tone={view.risky > 0 ? 'danger' : 'not-ready'}
        aria-pressed={risky}
        onClick={() => {
          filterFloor({ risky: !risky });
        }}
      >
        <strong>{view.risky}</strong> {t('floor.attention')}
      </button>
      {floorStates.map((state) => (
        <button
          key={state}
          type="button"
          className={styles['chip']}
          data-tone={toneOfState[state]}
          aria-pressed={chosen === state}
          onClick={() => {
            filterFloor({ state: chosen === state ? null : state });
          }}
        >
          <strong>{view.counts[state]}</strong> {t(`agent.state.${state}`)}
        </button>
      ))}
    </div>
  );
};
