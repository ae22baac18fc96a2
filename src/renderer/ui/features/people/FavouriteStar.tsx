import { useTranslation } from 'react-i18next';
import type { FavouriteGiven } from '../../../../shared/api/favourites.ts';
import { StarButton } from '../../components/StarButton.tsx';
import { isSameTarget, toggleFavourite, useFavourites } from '../../state/favourites.ts';

/** The star beside somebody who can be called. */
export const FavouriteStar = ({
  kind,
  target,
  label,
  small = false,
}: FavouriteGiven & { readonly small?: boolean }) => {
  const { t } = useTranslation();
  const chosen = useFavourites().some((known) => isSameTarget(known, { kind, target }));
  return (
    <StarButton
      label={t(chosen ? 'favourite.remove' : 'favourite.add', { name: label })}
      chosen={chosen}
      small={small}
      onToggle={() => {
        void toggleFavourite({ kind, target, label });
      }}
    />
  );
};
