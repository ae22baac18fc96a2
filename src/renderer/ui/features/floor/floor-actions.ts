import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { chords } from '../../state/chords.ts';
import { show, useView } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** Listed for whoever supervises others. */
export const useFloorActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const supervises = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const isWall = useView(({ place }) => place.kind === 'floor' && place.wall === true);
  if (!supervises) return [];
  return [
    {
      id: 'floor',
      group: 'go',
      label: t('floor.title'),
      chord: chords.floor,
      possible: true,
      run: () => {
        show({ kind: 'floor' });
      },
    },
    {
      id: 'floor-wall',
      group: 'go',
      label: t(isWall ? 'floor.leaveWall' : 'floor.wall'),
      chord: chords.floorWall,
      possible: true,
      run: () => {
        show(isWall ? { kind: 'floor' } : { kind: 'floor', wall: true });
      },
    },
  ];
};
