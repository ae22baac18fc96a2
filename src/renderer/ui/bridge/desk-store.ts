import { create } from 'zustand';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import { keepEqual } from './keep-equal.ts';

type DeskMirror = { readonly desk: DeskSnapshot | null };

/** The desk as main last told it; null until the first answer. */
export const useDeskStore = create<DeskMirror>(() => ({ desk: null }));

/** Takes a snapshot in, unless a later one is here already. */
export const mirrorDesk = (next: DeskSnapshot): void => {
  const { desk } = useDeskStore.getState();
  if (desk !== null && next.revision <= desk.revision) return;
  useDeskStore.setState({ desk: keepEqual(desk, next) });
};

/** A part of the desk; for components that are shown only once there is one. */
export const useDesk = <Part>(select: (desk: DeskSnapshot) => Part): Part =>
  useDeskStore(({ desk }) => {
    if (desk === null) throw new Error('the desk is read before its first snapshot');
    return select(desk);
  });
