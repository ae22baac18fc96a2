import type { LineWarning } from '../../../shared/domain/line-quality/line-warning.ts';
import { useDesk } from '../bridge/desk-store.ts';

/** What is the matter with the sound of this call; null: nothing, or it is another that is looked at. */
export const useLineWarning = (callId: string | null): LineWarning | null =>
  useDesk(({ line }) => (line?.callId === callId ? (line.warning ?? null) : null));
