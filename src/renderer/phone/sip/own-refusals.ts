import type { Rejection } from '../../../shared/domain/handle-time/fact.ts';

/** What this phone itself did to the call, where it was this phone. */
export type OwnDeed =
  'ended' | 'transferred' | 'rejected' | 'media_failed' | 'unreachable' | Rejection;

/** A status (RFC 3261 §21) and what ITU-T Q.850 calls it, for the Reason header (RFC 3326). */
type OwnRefusal = {
  readonly code: 480 | 486 | 488 | 603;
  readonly cause: number;
  readonly text: string;
};

/**
 * How this phone says no. 480 with cause 21 "call rejected" (RFC 6432) refuses for this phone alone: a queue or a forking
 * proxy goes on to the next agent, where 603 would speak for all of them (RFC 3261 §21.6.2), as the agent does who
 * declines a call for nobody else.
 */
const refusals: Readonly<Record<OwnDeed, OwnRefusal>> = {
  rejected: { code: 480, cause: 21, text: 'Call rejected' },
  ended: { code: 480, cause: 21, text: 'Call rejected' },
  transferred: { code: 480, cause: 21, text: 'Call rejected' },
  busy: { code: 486, cause: 17, text: 'User busy' },
  declined: { code: 603, cause: 21, text: 'Call rejected' },
  call_back: { code: 480, cause: 21, text: 'Will call back' },
  media_failed: { code: 488, cause: 58, text: 'Bearer capability not available' },
  unreachable: { code: 480, cause: 41, text: 'Temporary failure' },
};

export const ownRefusal = (
  deed: OwnDeed,
): { readonly code: OwnRefusal['code']; readonly reason: string } => {
  const { code, cause, text } = refusals[deed];
  return { code, reason: `Reason: Q.850;cause=${cause};text="${text}"` };
};

export const rejectionOf = (deed: OwnDeed | null): Rejection | null =>
  deed === 'busy' || deed === 'declined' || deed === 'call_back' ? deed : null;
