import { create } from 'zustand';
import { noFilter, type FloorFilter } from './floor-view.ts';

type Kept = FloorFilter & {
  /** Whose filter it is. */
  readonly userId: string;
};

/** What a supervisor looks at; it stays while other pages are open. */
export const useFloorFilter = create<Kept>(() => ({ ...noFilter, userId: '' }));

export const filterFloor = (part: Partial<FloorFilter>): void => {
  useFloorFilter.setState(part);
};

/** Whoever works here next sees nothing of what was filtered before. */
export const filterFor = (userId: string): void => {
  if (useFloorFilter.getState().userId !== userId) {
    useFloorFilter.setState({ ...noFilter, userId });
  }
};
