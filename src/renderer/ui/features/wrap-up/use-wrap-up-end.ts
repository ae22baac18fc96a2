import {
  wrapUpReadiness,
  type WrapUpReadiness,
} from '../../../../shared/domain/wrap-up/readiness.ts';
import { isTimed, warningMs } from '../../../../shared/domain/wrap-up/wrap-up-rules.ts';
import { useNowWhile } from '../../state/use-now.ts';
import type { Work } from '../../state/work.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { progressOf } from './progress.ts';

const nothingSaid = { codes: [], fields: {}, notes: '' };

export type WrapUpEnd = Pick<WrapUpReadiness, 'mayExtend' | 'endsAtOnce'> & {
  readonly leftMs: number;
  /** It warns now. */
  readonly soon: boolean;
};

/** How long a wrap-up still lasts; null: until the agent ends it. */
export const useWrapUpEnd = (work: Work): WrapUpEnd | null => {
  const terms = useTerms(work.queue);
  const now = useNowWhile(work.stage === 'wrap_up' && isTimed(terms.rules));
  if (work.stage !== 'wrap_up' || !isTimed(terms.rules)) return null;
  const readiness = wrapUpReadiness(terms, progressOf(work, nothingSaid), now);
  if (readiness.endsAt === null) return null;
  // Whole seconds, rounded up: nothing reads 0:00 while there is time.
  const leftMs = Math.max(0, Math.ceil((readiness.endsAt - now) / 1_000) * 1_000);
  const { mayExtend, endsAtOnce } = readiness;
  return { leftMs, soon: leftMs <= warningMs, mayExtend, endsAtOnce };
};
