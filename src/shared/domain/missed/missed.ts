/**
 * Why an offer went unanswered, from what the desk and the PBX know. Nobody is blamed for what nobody knows: only a ring
 * that is proven to have been shown and heard at the desk, for long enough to act, counts as not answered.
 */

export const missedCauses = [
  /** The machine slept or stood still. */
  'asleep',
  /** The phone's own process was gone or died under the call. */
  'engine_restarting',
  /** No network, or no way to the backend while nothing rang. */
  'offline',
  /** The phone was not registered at the PBX. */
  'not_registered',
  /** No microphone or no speaker that works. */
  'no_device',
  /** The ring was shown, and could not be heard. */
  'inaudible',
  /** The desk had proven that sound does not get through to the PBX or back. */
  'no_path',
  /** By the PBX's word alone: the phone never said that it rings, or could not be reached. */
  'unreachable',
  /** The desk said that no call can be taken there: a full disk, a check that was due, all not proven yet. */
  'hindered',
  /** It may have rung; nobody can prove it. */
  'unproven',
  /** It rang at the desk, was seen and heard, and was let ring. */
  'not_answered',
] as const;
export type MissedCause = (typeof missedCauses)[number];

/** What can be wrong with a desk for a while. */
export const deskTroubles = [
  'asleep',
  'engine_gone',
  'no_network',
  'backend_away',
  'unregistered',
  'no_device',
  /**
   * Known, and no trouble of the machine: whoever locks the screen (or leaves it until it locks) is away by a deed of
   * their own, and the ring sounds all the same. Under it nothing has to have been shown.
   */
  'locked',
  /** The agent said that a test ring could not be heard; until one was. */
  'ring_unheard',
  /** The ringer is turned off or does not play, known before anything rang. */
  'ring_silent',
  /** A proof call found no way for the sound. */
  'no_path',
  /** Something else kept an agent who wished to be ready from being so; the screen said what. */
  'hindered',
  /** No trouble either: at this moment the agent said that a test ring was heard. */
  'ring_heard',
] as const;
export type DeskTrouble = (typeof deskTroubles)[number];

/** A stretch of time at a desk, epoch ms of the server's clock. */
export type DeskSpan = {
  readonly what: DeskTrouble;
  readonly from: number;
  readonly until: number;
};

/** Why a ring could not be heard. */
export const ringSilences = [
  /** No device to play on. */
  'no_speaker',
  /** The agent's own setting. */
  'volume_zero',
  /** The sound system did not begin to play. */
  'not_playing',
] as const;
export type RingSilence = (typeof ringSilences)[number];

/** How a call that was not answered ended, by the phone's word; what an agent or somebody else decided is not here. */
export const unansweredOutcomes = [
  'no_answer',
  'cancelled',
  'unreachable',
  'media_failed',
  'phone_failed',
] as const;
export type UnansweredOutcome = (typeof unansweredOutcomes)[number];

/** The phone's own account of a ring, epoch ms. */
export type Ring = {
  /** In a window, the strip or a notification that was really on the screen; null: it was not, as far as is known. */
  readonly shownAt: number | null;
  /** The ring tone was playing on a device from here on. */
  readonly soundedAt: number | null;
  /** Why it did not sound; null: it did, or nobody knows. */
  readonly silence: RingSilence | null;
  readonly outcome: UnansweredOutcome;
};

/** The PBX's account; null: it did not say. */
export type PbxWord = {
  /** The phone told the PBX that it rings (180, RFC 3261 §13.3.1.1). */
  readonly rang: boolean | null;
  /** Q.850. */
  readonly cause: number | null;
};

export type Offer = { readonly offeredAt: number; readonly endedAt: number };

export type Evidence = {
  readonly spans: readonly DeskSpan[];
  readonly ring: Ring | null;
  readonly pbx: PbxWord | null;
  /** The phone said that it failed, with or without an account of the ring. */
  readonly phoneFailed: boolean;
};

export const noEvidence: Evidence = { spans: [], ring: null, pbx: null, phoneFailed: false };

export type Judgement = {
  readonly cause: MissedCause;
  /** Counts against the agent. */
  readonly isHuman: boolean;
  /** The spans that touch the offer: what was looked at, beside the ring and the PBX's word. */
  readonly spans: readonly DeskSpan[];
};

/** Time enough to look up, read and press; of a shorter offer, half of it. */
const fairMs = 5_000;

/** What keeps a ring that is on from being taken. */
const blocking: ReadonlySet<DeskTrouble> = new Set([
  'asleep',
  'engine_gone',
  'no_network',
  'unregistered',
  'no_device',
  'ring_unheard',
  'ring_silent',
  'no_path',
  // Whoever reads that no call can come does not wait for one.
  'hindered',
]);

/** Q.850 causes by which the PBX says that it did not get through: no route, absent, out of order, failed, unavailable. */
const unreachableCauses: ReadonlySet<number> = new Set([3, 20, 27, 34, 38, 41, 42]);

/** Q.850 causes of an offer that rang its time out: no user responding, no answer. */
const rangOut: ReadonlySet<number> = new Set([18, 19]);

/**
 * The phone was told that it may stop ringing, and the PBX names no other cause: whoever called is gone, or was answered
 * elsewhere.
 */
export const isCalledOff = ({ ring, pbx }: Pick<Evidence, 'ring' | 'pbx'>): boolean =>
  ring?.outcome === 'cancelled' && !rangOut.has(pbx?.cause ?? 0);

const overlapMs = (span: DeskSpan, from: number, until: number): number =>
  Math.min(span.until, until) - Math.max(span.from, from);

/** How much of a stretch none of these spans covers. */
const freeMs = (from: number, until: number, spans: readonly DeskSpan[]): number => {
  let free = 0;
  let reached = from;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    free += Math.max(0, Math.min(span.from, until) - reached);
    reached = Math.max(reached, Math.min(span.until, until));
  }
  return free + Math.max(0, until - reached);
};

const hadFairChance = (
  { offeredAt, endedAt }: Offer,
  { ring, pbx, phoneFailed }: Evidence,
  touching: readonly DeskSpan[],
): boolean => {
  if (ring === null || phoneFailed || isCalledOff({ ring, pbx })) return false;
  if (ring.soundedAt === null) return false;
  if (ring.outcome !== 'no_answer' && ring.outcome !== 'cancelled') return false;
  const isLocked = touching.some(({ what }) => what === 'locked');
  const shownAt = isLocked ? ring.soundedAt : ring.shownAt;
  if (shownAt === null) return false;
  const from = Math.max(offeredAt, shownAt, ring.soundedAt);
  const neededMs = Math.min(fairMs, (endedAt - offeredAt) / 2);
  const blocked = touching.filter(({ what }) => blocking.has(what));
  return endedAt > offeredAt && freeMs(from, endedAt, blocked) >= neededMs;
};

/**
 * Judges an offer that ended unanswered. Proof comes first: a ring that was seen and heard long enough is the agent's,
 * whatever else happened meanwhile. Without it the cause that explains most comes first, from the machine outwards: a
 * machine that sleeps has no network and no phone either.
 */
export const missedCause = (offer: Offer, evidence: Evidence): Judgement => {
  const { offeredAt, endedAt } = offer;
  const { ring, pbx, phoneFailed } = evidence;
  const spans = evidence.spans.filter((span) => overlapMs(span, offeredAt, endedAt) > 0);
  const judged = (cause: MissedCause): Judgement => ({
    cause,
    isHuman: cause === 'not_answered',
    spans,
  });
  const has = (what: DeskTrouble): boolean => spans.some((span) => span.what === what);
  const phoneRang = ring !== null || pbx?.rang === true;

  if (hadFairChance(offer, evidence, spans)) return judged('not_answered');
  if (has('asleep')) return judged('asleep');
  if (has('engine_gone') || ring?.outcome === 'phone_failed') return judged('engine_restarting');
  if (phoneFailed && ring?.outcome !== 'media_failed') return judged('engine_restarting');
  // The phone has a line of its own: who is away from the backend alone can be rung.
  if (has('no_network') || ring?.outcome === 'unreachable') return judged('offline');
  if (has('backend_away') && !phoneRang) return judged('offline');
  if (has('unregistered')) return judged('not_registered');
  if (has('no_device') || ring?.silence === 'no_speaker' || ring?.outcome === 'media_failed') {
    return judged('no_device');
  }
  // By the agent's own word, given before.
  if (has('ring_unheard') && ring !== null) return judged('inaudible');
  if (has('ring_silent') && phoneRang) return judged('inaudible');
  if (has('no_path')) return judged('no_path');
  if (isCalledOff(evidence)) return judged('unproven');
  if (has('hindered') && ring !== null && ring.silence === null) return judged('hindered');
  // One that began to sound too late to be acted upon was not heard either.
  const isSilent = ring !== null && (ring.silence !== null || ring.soundedAt !== null);
  if (isSilent && ring.shownAt !== null) return judged('inaudible');
  const isUnreachable = pbx?.rang === false || unreachableCauses.has(pbx?.cause ?? 0);
  if (isUnreachable && ring === null) return judged('unreachable');
  return judged(has('hindered') ? 'hindered' : 'unproven');
};

/** What a miss does to an agent who is in the queues. */
export type AfterMiss = 'stays' | 'missed_call' | 'unreachable';

/**
 * A person who let it ring is left in the queues until it happened `limit` times in a row (offers that were missed with
 * no answer and no word of the agent between them). Whoever cannot be rung is taken out at once: the queue would have
 * the next customer wait for the same nothing. What nobody can prove is tried again, but not for ever.
 */
export const afterMiss = (
  cause: MissedCause,
  /** This one included. */
  inRow: { readonly human: number; readonly unproven: number },
  limit: number,
): AfterMiss => {
  switch (cause) {
    case 'not_answered':
      return inRow.human >= limit ? 'missed_call' : 'stays';
    case 'unproven':
      return inRow.human + inRow.unproven >= Math.max(2, limit) ? 'unreachable' : 'stays';
    // The desk has said so by itself: it is out already, and back as soon as all is proven.
    case 'no_path':
    case 'hindered':
      return 'stays';
    case 'asleep':
    case 'engine_restarting':
    case 'offline':
    case 'not_registered':
    case 'no_device':
    case 'inaudible':
    case 'unreachable':
      return 'unreachable';
  }
};

export const usualMissesBeforeNotReady = 2;
