import type { CallEnd } from '../../../shared/domain/call/call.ts';
import type { EndOutcome } from '../../../shared/domain/handle-time/fact.ts';
import type { OwnDeed } from './own-refusals.ts';
import { rejectionOf } from './own-refusals.ts';

export type EndSignal = {
  readonly direction: 'inbound' | 'outbound';
  readonly answered: boolean;
  readonly originator: 'local' | 'remote' | 'system';
  readonly deed: OwnDeed | null;
  /** SIP status of the final response to the INVITE, where one came. */
  readonly sipCode: number | null;
  /** Reason headers (RFC 3326) of the response, BYE or CANCEL. */
  readonly reasons: readonly string[];
  /** JsSIP's word for it. */
  readonly cause: string;
};

type Reasons = { readonly sip: number | null; readonly q850: number | null };

/** Reads Reason headers (RFC 3326 §2): `Q.850;cause=17;text="User busy"`, several to a line at times. */
export const readReasons = (headers: readonly string[]): Reasons => {
  let sip: number | null = null;
  let q850: number | null = null;
  for (const header of headers) {
    for (const match of header.matchAll(/\b(SIP|Q\.850)\s*;[^,"]*?\bcause\s*=\s*(\d{1,3})/giu)) {
      const cause = Number(match[2]);
      if (match[1]?.toUpperCase() === 'SIP') sip ??= cause;
      else if (cause <= 127) q850 ??= cause;
    }
  }
  return { sip, q850 };
};

/** ITU-T Q.850 causes that say more than the SIP status beside them. */
const outcomeByCause: Readonly<Record<number, EndOutcome>> = {
  1: 'wrong_number',
  17: 'busy',
  18: 'no_answer',
  19: 'no_answer',
  20: 'no_answer',
  21: 'rejected',
  22: 'wrong_number',
  26: 'answered_elsewhere',
  27: 'unreachable',
  28: 'wrong_number',
  34: 'unreachable',
  38: 'unreachable',
  41: 'unreachable',
  42: 'unreachable',
};

const outcomeByStatus = (code: number): EndOutcome => {
  switch (code) {
    case 486:
    case 600:
      return 'busy';
    case 603:
      return 'rejected';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'wrong_number';
    case 408:
    case 480:
      return 'no_answer';
    case 487:
      return 'cancelled';
    default:
      return code >= 500 && code < 600 ? 'unreachable' : 'refused';
  }
};

const mediaCauses = new Set([
  'WebRTC Error',
  'User Denied Media Access',
  'Bad Media Description',
  'Incompatible SDP',
  'Missing SDP',
  'RTP Timeout',
]);

/** Of a BYE: destination out of order. The PBX did not hear this phone any more, and took the customer back. */
const givenUpCause = 27;

const failedBetween = new Set<EndOutcome>(['refused', 'unreachable', 'media_failed']);

const outcomeOf = (signal: EndSignal, reasons: Reasons): EndOutcome => {
  if (
    signal.deed === 'media_failed' ||
    signal.deed === 'unreachable' ||
    signal.deed === 'transferred'
  ) {
    return signal.deed;
  }
  if (signal.deed === 'rejected' || rejectionOf(signal.deed) !== null) return 'rejected';
  if (signal.deed === 'ended') return signal.answered ? 'completed' : 'cancelled';
  if (mediaCauses.has(signal.cause)) return 'media_failed';
  if (signal.answered) {
    const isHungUp = signal.originator === 'remote' && signal.cause !== 'No ACK';
    return isHungUp && reasons.q850 !== givenUpCause ? 'completed' : 'unreachable';
  }
  if (signal.direction === 'inbound') {
    // RFC 3326 §2: a forked INVITE that another phone answered is cancelled with SIP cause 200.
    if (reasons.sip === 200 || reasons.q850 === 26) return 'answered_elsewhere';
    // The PBX took the offer back because it rang its time out.
    if (reasons.q850 !== null && outcomeByCause[reasons.q850] === 'no_answer') return 'no_answer';
    if (signal.originator === 'remote') return 'cancelled';
    return signal.cause === 'Expires' || signal.cause === 'No Answer' ? 'no_answer' : 'unreachable';
  }
  if (signal.sipCode === null) return 'unreachable';
  return (
    (reasons.q850 === null ? undefined : outcomeByCause[reasons.q850]) ??
    outcomeByStatus(signal.sipCode)
  );
};

const sideOf = (signal: EndSignal, outcome: EndOutcome, { q850 }: Reasons): CallEnd['side'] => {
  if (signal.answered && signal.originator === 'remote' && q850 === givenUpCause) return 'local';
  if (failedBetween.has(outcome)) return 'system';
  if (signal.deed !== null) return 'local';
  return signal.originator === 'system' ||
    (outcome === 'no_answer' && signal.direction === 'inbound')
    ? 'system'
    : 'remote';
};

/** Why a call ended and by whom, in the domain's words, from all that signalling said. */
export const endOf = (signal: EndSignal): CallEnd => {
  const reasons = readReasons(signal.reasons);
  const outcome = outcomeOf(signal, reasons);
  const rejection = rejectionOf(signal.deed);
  return {
    side: sideOf(signal, outcome, reasons),
    outcome,
    sipCode: signal.sipCode,
    cause: reasons.q850,
    ...(rejection === null ? {} : { rejection }),
  };
};
