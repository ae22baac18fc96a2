import { useMemo } from 'react';
import type { BoardTerms } from '../../../../shared/api/board.ts';
import { useNow } from '../../state/use-now.ts';
import { useFloor } from './floor-store.ts';
import { floorView, limitsOf, type FloorFilter, type FloorView } from './floor-view.ts';

/** Renewed each second and with every filter, however often agents change: what moves more often cannot be read. */
export const useFloorView = (terms: BoardTerms, filter: FloorFilter): FloorView => {
  const now = useNow('second');
  // A whole board brings its terms with it.
  return useMemo(
    () => floorView(useFloor.getState().agents.values(), filter, limitsOf(terms), now),
    [terms, filter, now],
  );
};
