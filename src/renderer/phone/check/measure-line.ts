import { figuresOfPath } from '../../../shared/domain/line-quality/line-proof.ts';
import type { PathFigures, ProofFailure } from '../../../shared/domain/readiness/path.ts';
import type { LineMeasured } from '../../../shared/domain/shift-check/measured.ts';
import type { Result } from '../../../shared/result.ts';

/** So long sound goes both ways, ms: what comes and goes within a few seconds is found. */
export const lineMs = 10_000;

const unmeasured = {
  ...{ seconds: 0, roundTripMs: null, jitterMs: null, lossPercent: null, mos: null },
} as const;

/** What a proof call of the length of the check came to; null: it was ended from here. */
export const lineOf = (found: Result<PathFigures, ProofFailure>): LineMeasured | null => {
  if (found.ok) {
    const { roundTripMs, jitterMs, lossPercent, sentLossPercent } = found.value;
    const loss = Math.min(100, Math.max(lossPercent, sentLossPercent ?? 0));
    return {
      ...{ state: 'measured', seconds: lineMs / 1_000, roundTripMs, jitterMs },
      ...{ lossPercent: loss, mos: figuresOfPath(found.value).mos },
    };
  }
  switch (found.why) {
    case 'no_path':
    case 'no_sound':
      return { state: 'no_sound', ...unmeasured };
    case 'no_extension':
      return { state: 'not_offered', ...unmeasured };
    case 'no_answer':
    case 'refused':
    case 'not_registered':
      return { state: 'no_way', ...unmeasured };
    case 'in_call':
    case 'busy':
    case 'stopped':
      return null;
  }
};
