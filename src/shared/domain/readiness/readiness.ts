import { hindranceCauses, type HindranceCause } from './hindrance.ts';

/**
 * Whether "ready" is the truth: a fold of evidence about everything that a call needs, each with an age. Ready holds only
 * while all of it holds; a stumble is given a moment, and who stumbles again and again waits a little longer for the way
 * back. Times are of a monotonic clock, ms.
 */

export const proofNames = [
  'awake',
  'phone',
  'network',
  /** The signalling's round trip, and the PBX's binding of this phone. */
  'registration',
  /** Present, and it delivers samples. */
  'microphone',
  'speaker',
  /** The sound system plays where it rings, and the agent did not turn it off. */
  'ringer',
  'media_path',
  'disk',
  'clock',
  'shift_check',
] as const;
export type ProofName = (typeof proofNames)[number];

type ProofRule = {
  /** A failure that is over sooner is none. */
  readonly failureMs: number;
  /** While ready: so long after an event that may have changed it, it is believed still, and proven meanwhile. */
  readonly doubtMs: number;
  /** Older evidence is none; null: it holds until something happens. */
  readonly ageMs: number | null;
};

/** At once: nothing can make it untrue. */
const certain: ProofRule = { failureMs: 0, doubtMs: 0, ageMs: null };

export const proofRules: Readonly<Record<ProofName, ProofRule>> = {
  awake: certain,
  phone: certain,
  /** A change of address is two events. */
  network: { failureMs: 1_000, doubtMs: 0, ageMs: null },
  /** A socket that is replaced at once costs less. */
  registration: { failureMs: 1_000, doubtMs: 6_000, ageMs: null },
  /** A headset that changes its profile is away for less. */
  microphone: { failureMs: 1_000, doubtMs: 6_000, ageMs: null },
  speaker: { failureMs: 1_000, doubtMs: 6_000, ageMs: null },
  ringer: { failureMs: 0, doubtMs: 6_000, ageMs: null },
  /** Proven anew every ten minutes at the latest; what could not be for another ten is not known any more. */
  media_path: { failureMs: 0, doubtMs: 8_000, ageMs: 20 * 60_000 },
  disk: certain,
  clock: certain,
  shift_check: certain,
};

/** How long all has to hold before Ready comes back, by how often it was lost within `flapsWithinMs`. */
const holdMs = [0, 0, 2_000, 4_000, 6_000] as const;
const flapsWithinMs = 5 * 60_000;

export type ProofState = {
  /** The latest evidence that it holds; null: none yet, or none that counts any more. */
  readonly provenAt: number | null;
  /** It is known not to hold; `at`: by the latest word. */
  readonly failing: {
    readonly cause: HindranceCause;
    readonly since: number;
    readonly at: number;
  } | null;
  /** Something happened, last at `at`, and evidence from before does not count. */
  readonly doubt: { readonly since: number; readonly at: number } | null;
};

export type Readiness = {
  readonly proofs: Readonly<Record<ProofName, ProofState>>;
  /** What stands in the way, by the last look; null: nothing. */
  readonly hindrance: HindranceCause | null;
  /** When Ready was lost of late. */
  readonly lostAt: readonly number[];
  /** All holds since then, while Ready has yet to come back. */
  readonly allSince: number | null;
};

export type Evidence = { readonly proof: ProofName; readonly at: number } & (
  | { readonly kind: 'holds' }
  | { readonly kind: 'fails'; readonly cause: HindranceCause }
  /** It may not be as it was. */
  | { readonly kind: 'doubted' }
);

const nothingKnown: ProofState = { provenAt: null, failing: null, doubt: null };

const allProofs = (stateOf: (name: ProofName) => ProofState): Readiness['proofs'] => ({
  awake: stateOf('awake'),
  phone: stateOf('phone'),
  network: stateOf('network'),
  registration: stateOf('registration'),
  microphone: stateOf('microphone'),
  speaker: stateOf('speaker'),
  ringer: stateOf('ringer'),
  media_path: stateOf('media_path'),
  disk: stateOf('disk'),
  clock: stateOf('clock'),
  shift_check: stateOf('shift_check'),
});

export const unknownReadiness: Readiness = {
  proofs: allProofs(() => nothingKnown),
  hindrance: 'proving',
  lostAt: [],
  allSince: null,
};

/** By the time of the evidence and not of its arrival: what is older than what is known changes nothing. */
const nextProof = (state: ProofState, evidence: Evidence): ProofState => {
  const { provenAt, failing, doubt } = state;
  const { at } = evidence;
  switch (evidence.kind) {
    case 'holds':
      if ((failing !== null && at < failing.at) || (doubt !== null && at < doubt.at)) return state;
      return { provenAt: Math.max(at, provenAt ?? at), failing: null, doubt: null };
    case 'fails': {
      if (provenAt !== null && at < provenAt) return state;
      const { cause } = failing !== null && at < failing.at ? failing : evidence;
      const since = Math.min(at, failing?.since ?? at);
      return { ...state, failing: { cause, since, at: Math.max(at, failing?.at ?? at) } };
    }
    case 'doubted': {
      if (provenAt !== null && at < provenAt) return state;
      // Patience begins with the first doubt: each new one would lengthen it.
      const since = Math.min(at, doubt?.since ?? at);
      return { ...state, provenAt: null, doubt: { since, at: Math.max(at, doubt?.at ?? at) } };
    }
  }
};

/** Whether it has to be proven (anew). */
const isUnproven = ({ provenAt, failing }: ProofState, name: ProofName, now: number): boolean => {
  const { ageMs } = proofRules[name];
  if (failing !== null || provenAt === null) return true;
  return ageMs !== null && now - provenAt >= ageMs;
};

/** When this proof alone would stand in the way; null: as things are, never. `patient`: Ready is not lost yet. */
const hindersFrom = (state: ProofState, name: ProofName, patient: boolean): number | null => {
  const rule = proofRules[name];
  const { provenAt, failing, doubt } = state;
  const froms: number[] = [];
  if (failing !== null) froms.push(failing.since + (patient ? rule.failureMs : 0));
  if (doubt !== null) froms.push(doubt.since + (patient ? rule.doubtMs : 0));
  if (provenAt !== null && rule.ageMs !== null) froms.push(provenAt + rule.ageMs);
  if (provenAt === null && failing === null && doubt === null) froms.push(Number.NEGATIVE_INFINITY);
  return froms.length === 0 ? null : Math.min(...froms);
};

const rankOf = (cause: HindranceCause): number => hindranceCauses.indexOf(cause);

const isDue = (from: number | null, now: number): boolean => from !== null && from <= now;

/** What stands in the way by the evidence alone. */
const hindranceNow = (
  { proofs }: Readiness,
  now: number,
  patient: boolean,
): HindranceCause | null =>
  proofNames
    .filter((name) => isDue(hindersFrom(proofs[name], name, patient), now))
    .map((name) => proofs[name].failing?.cause ?? 'proving')
    .toSorted((a, b) => rankOf(a) - rankOf(b))[0] ?? null;

const recentLosses = (lostAt: readonly number[], now: number): readonly number[] =>
  lostAt.filter((at) => now - at < flapsWithinMs);

const holdOf = (lostAt: readonly number[], now: number): number => {
  const { length } = recentLosses(lostAt, now);
  return holdMs[Math.min(length, holdMs.length - 1)] ?? 0;
};

/** What time alone changes: a patience that is over, evidence that is too old, a hold that was long enough. */
export const readinessAt = (readiness: Readiness, now: number): Readiness => {
  const wasReady = readiness.hindrance === null;
  const cause = hindranceNow(readiness, now, wasReady);
  if (wasReady) {
    if (cause === null) return readiness;
    const lostAt = [...recentLosses(readiness.lostAt, now), now];
    // Ready is lost: what there was patience with until now counts at once, and may be the worse of the two.
    const hindrance = hindranceNow(readiness, now, false) ?? cause;
    return { ...readiness, hindrance, lostAt, allSince: null };
  }
  if (cause !== null) {
    const isSame = cause === readiness.hindrance && readiness.allSince === null;
    return isSame ? readiness : { ...readiness, hindrance: cause, allSince: null };
  }
  const allSince = readiness.allSince ?? now;
  if (now - allSince >= holdOf(readiness.lostAt, now)) {
    return { ...readiness, hindrance: null, allSince: null };
  }
  return readiness.allSince === null ? { ...readiness, allSince, hindrance: 'proving' } : readiness;
};

/** `now`: when it is told; the evidence itself may be older. */
export const takeEvidence = (readiness: Readiness, evidence: Evidence, now: number): Readiness => {
  const before = readinessAt(readiness, now);
  const proof = nextProof(before.proofs[evidence.proof], evidence);
  const proofs = { ...before.proofs, [evidence.proof]: proof };
  return readinessAt({ ...before, proofs }, now);
};

/** When a look would find something else although nothing happens; null: never. */
export const nextLookAt = (readiness: Readiness, now: number): number | null => {
  const { proofs, hindrance, allSince, lostAt } = readiness;
  const times = proofNames
    .map((name) => hindersFrom(proofs[name], name, hindrance === null))
    .filter((from) => from !== null)
    .filter((from) => from > now);
  if (allSince !== null) times.push(allSince + holdOf(lostAt, now));
  return times.length === 0 ? null : Math.min(...times);
};

/** What has to be proven before Ready is the truth; what only ends by an event of its own (a sleep) is not among them. */
export const toBeProven = ({ proofs }: Readiness, now: number): readonly ProofName[] =>
  proofNames.filter((name) => isUnproven(proofs[name], name, now));

/** Known not to hold, whatever patience there is with it. */
export const isFailing = ({ proofs }: Readiness, name: ProofName): boolean =>
  proofs[name].failing !== null;
