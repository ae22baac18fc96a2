import { backOffMs } from '../../back-off.ts';
import { deedKinds, type AttemptFailure, type DeedKind } from './deed.ts';

/**
 * How many deeds one connection may be sent now. A connection that fails again and again is down: one deed tries it, at longer
 * and longer intervals, and the others wait without a failure of their own. One whose account has to be put right gets nothing
 * until somebody did.
 */
export type Gate = {
  /** Passing failures since something last went well. */
  readonly failures: number;
  /** Nothing before, epoch ms. */
  readonly closedUntil: number;
  /** Kinds that wait until the connection is changed or tested well. */
  readonly held: readonly DeedKind[];
};

/** Why an attempt failed, in the words of the port of connectors, with what matters of what it was about. */
export type GateFailure = {
  readonly kind: string;
  readonly isPassing: boolean;
  readonly mayBeDone: boolean;
  readonly retryAfterMs?: number;
  readonly deed: DeedKind;
  /** It was about one record that is there, such as a ticket: a right that is missing may be missing for that one alone. */
  readonly isAboutRecord: boolean;
};

/** A vendor that fails now and then is not down. */
export const downAfter = 3;
/** At the same time, over all backends. */
export const mostAtOnce = 4;
const probeLimits = { shortestMs: 1_000, firstMs: 4_000, longestMs: 300_000 } as const;
/** A vendor that says that it is asked too often, and not for how long. */
const throttledMs = 5_000;

export const openGate: Gate = { failures: 0, closedUntil: 0, held: [] };

/** Somebody put the connection right: one deed tries it. */
export const releasedGate: Gate = { failures: downAfter, closedUntil: 0, held: [] };

export const isThrottled = (kind: string): boolean =>
  kind === 'rate_limited' || kind === 'quota_exhausted';

/** How the failure counts for the deed itself. */
export const howItFailed = (failure: GateFailure): AttemptFailure => {
  const { kind, isPassing, isAboutRecord, mayBeDone, retryAfterMs } = failure;
  const isHeld = kind === 'auth' || (kind === 'forbidden' && !isAboutRecord);
  return {
    how: isHeld ? 'held' : isPassing ? 'passing' : 'lasting',
    mayBeDone,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};

/** Without an account nothing goes; without a right, what needs it. */
const heldBy = ({ kind, deed }: GateFailure): readonly DeedKind[] =>
  kind === 'auth' ? deedKinds : [deed];

export const gateAfterFailure = (
  gate: Gate,
  failure: GateFailure,
  { at, random }: { readonly at: number; readonly random: number },
): Gate => {
  const { how } = howItFailed(failure);
  if (how === 'held') {
    return { ...gate, held: [...new Set([...gate.held, ...heldBy(failure)])].sort() };
  }
  // It answered, and in earnest.
  if (how === 'lasting') return { ...gate, failures: 0, closedUntil: 0 };
  const failures = gate.failures + 1;
  const isDown = failures >= downAfter;
  const told = failure.retryAfterMs ?? (isThrottled(failure.kind) ? throttledMs : 0);
  const probe = isDown ? backOffMs(failures - downAfter, probeLimits, random) : 0;
  const waitMs = isThrottled(failure.kind) || isDown ? Math.max(told, probe) : 0;
  return { ...gate, failures, closedUntil: Math.max(gate.closedUntil, at + waitMs) };
};

export const gateAfterSuccess = (gate: Gate): Gate => ({ ...gate, failures: 0, closedUntil: 0 });

/** How many more may go now. */
export const placesOf = (gate: Gate, at: number, underWay: number): number => {
  if (at < gate.closedUntil) return 0;
  const places = gate.failures >= downAfter ? 1 : mostAtOnce;
  return Math.max(0, places - underWay);
};
