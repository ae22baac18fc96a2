import type { JoinView } from '../../../../shared/api/supervision.ts';
import { useDesk } from '../../bridge/desk-store.ts';

/** The join of whoever works at this desk; null: none, or it is over. */
export const useOwnJoin = (): JoinView | null =>
  useDesk(({ join }) => (join === undefined || join?.state === 'ended' ? null : join));
