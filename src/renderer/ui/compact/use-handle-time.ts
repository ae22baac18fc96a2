import {
  handleTimeOf,
  segmentsOf,
  type HandleTime,
} from '../../../shared/domain/handle-time/segments.ts';
import { useNowWhile } from '../state/use-now.ts';
import type { Work } from '../state/work.ts';

/** The ledger's own figures of a call, as they grow. */
export const useHandleTime = (work: Work): HandleTime => {
  const segments = segmentsOf(work.facts);
  const now = useNowWhile(segments.at(-1)?.endedAt === null);
  return handleTimeOf(segments, now);
};
