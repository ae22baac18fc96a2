import { useTranslation } from 'react-i18next';
import type { Favourite } from '../../../../shared/api/favourites.ts';
import type { TransferTargets } from '../../../../shared/api/routes.ts';
import { dialNumber } from '../../state/call-back.ts';
import { useFavourites } from '../../state/favourites.ts';
import { useFreshTargets } from '../../state/targets-store.ts';
import { useNumberText } from '../../state/use-number-text.ts';
import styles from './FavouriteCalls.module.css';
import { StateDot } from './PresenceWords.tsx';
import { usePresence, usePresenceText } from './use-presence.ts';

const freshEveryMs = 5_000;

/** Favourites who can be called, in few words, where there is little room. Nothing where there are none. */
export const FavouriteCalls = ({ onCalled }: { readonly onCalled: () => void }) => {
  const { t } = useTranslation();
  const callable = useFavourites().filter(({ kind, gone }) => kind !== 'queue' && !gone);
  if (callable.length === 0) return null;
  return (
    <ul className={styles['list']} aria-label={t('favourite.title')}>
      <Fresh favourites={callable} onCalled={onCalled} />
    </ul>
  );
};

/** Asks how they are only where there is anybody. */
const Fresh = ({
  favourites,
  onCalled,
}: {
  readonly favourites: readonly Favourite[];
  readonly onCalled: () => void;
}) => {
  const { targets } = useFreshTargets(freshEveryMs);
  return favourites.map((favourite) => (
    <li key={`${favourite.kind} ${favourite.target}`}>
      <FavouriteCall favourite={favourite} targets={targets} onCalled={onCalled} />
    </li>
  ));
};

const FavouriteCall = ({
  favourite: { kind, target, label },
  targets,
  onCalled,
}: {
  readonly favourite: Favourite;
  readonly targets: TransferTargets | null;
  readonly onCalled: () => void;
}) => {
  const { t } = useTranslation();
  const numberText = useNumberText();
  const presenceOf = usePresence();
  const presenceText = usePresenceText();
  const agent = targets?.agents.find((known) => kind === 'agent' && known.extension === target);
  const presence = agent === undefined ? null : presenceOf(agent);
  const words = presence === null ? '' : presenceText(presence);
  const name = agent?.name ?? (label === '' ? numberText(target) : label);
  const why =
    presence?.callable === false ? t('people.cannotCall', { name, why: words }) : undefined;
  return (
    <button
      type="button"
      className={styles['call']}
      aria-disabled={why === undefined ? undefined : true}
      title={why ?? (kind === 'number' ? numberText(target) : words)}
      onClick={() => {
        if (why !== undefined) return;
        void dialNumber(target).then((callId) => {
          if (callId !== null) onCalled();
        });
      }}
    >
      {presence === null ? null : <StateDot tone={presence.tone} hollow={presence.hollow} />}
      {name}
      <span className="rs-hidden">{words}</span>
    </button>
  );
};
