import type { CallNotes } from './call-notes.ts';
import type { DeskSound } from './desk-sound.ts';
import { isProvenBroken, provenPathOf, type NearProof, type ProvenPath } from './line-proof.ts';
import type { LineSummary } from './line-quality.ts';

/**
 * Whose fault a bad call was, from what was counted at the desk, at the exchange and at other desks at that time, and
 * what the desk proved of itself around it. The rules are a table, in order: the first that fits speaks. Nobody is
 * blamed without evidence against just them, so "not known" is an answer; a call in which nothing was bad is nobody's
 * fault, whatever went on elsewhere.
 */

/** `none`: it was not bad. `company`: its network or its telephone exchange. */
export const verdicts = [
  'none',
  'microphone',
  'computer',
  'home_network',
  'company',
  'carrier',
  'customer',
  'unknown',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What of the evidence spoke, by the verdict that it leads to. */
export const verdictReasons = [
  'microphone_silent',
  'microphone_muted',
  'microphone_lost',
  'speaker_lost',
  'playout_broken',
  'engine_late',
  'microphone_unproven',
  'sound_system',
  'many_desks',
  'both_legs',
  'this_desk',
  'path_bad',
  'wireless',
  'path_clean',
  'desk_uncompared',
  'many_customers',
  'one_way',
  'this_customer',
  'customer_uncompared',
  'microphone_clipped',
  'microphone_low',
  'customer_silent',
  'customer_low',
  'nothing_heard',
  'loud',
] as const;
export type VerdictReason = (typeof verdictReasons)[number];

/** Reasons that may become others when it is known how others fared. */
export const reasonsByOthers: readonly VerdictReason[] = [
  'many_desks',
  'this_desk',
  'both_legs',
  'path_bad',
  'wireless',
  'path_clean',
  'desk_uncompared',
  'many_customers',
  'one_way',
  'this_customer',
  'customer_uncompared',
];

/** What the exchange counted of one leg when it was over. */
export type LegCount = {
  readonly received: number;
  /** Of what the leg sent us. */
  readonly lost: number;
  readonly jitterMs: number | null;
  readonly sent: number;
  /** Of what we sent, as the leg's far side reported; null: it reports nothing. */
  readonly sentLost: number | null;
  readonly roundTripMs: number | null;
};

/** Of others, at the same time or nearly: how many could be told of, and how many of them were bad. */
export type Compared = { readonly count: number; readonly bad: number };

export type CallEvidence = {
  readonly line: LineSummary | null;
  readonly desk: DeskSound | null;
  readonly notes: CallNotes | null;
  readonly agentLeg: LegCount | null;
  readonly customerLeg: LegCount | null;
  readonly otherDesks: Compared;
  readonly otherCustomers: Compared;
  readonly proofs: readonly NearProof[];
};

export type Judgement = { readonly verdict: Verdict; readonly reason: VerdictReason | null };

/** Less than this of a call, and of seconds, is forgiven. */
const badShare = 0.05;
const badSeconds = 3;
const poorShare = 0.2;
const poorSeconds = 5;

/** The way between desk and exchange, as the desk heard it. */
export const isLineBad = (line: LineSummary | null): boolean => {
  if (line === null || line.seconds === 0) return false;
  const { seconds, badSeconds: bad, fairSeconds } = line;
  const poor = bad + fairSeconds;
  return (
    (bad >= badSeconds && bad >= badShare * seconds) ||
    (poor >= poorSeconds && poor >= poorShare * seconds)
  );
};

/** So many packets of 20 ms: about five seconds. */
const enoughPackets = 250;
const badLoss = 0.02;
const badJitterMs = 50;

/** Sent to all the while, and never heard. */
const isOneWay = ({ received, sent }: LegCount): boolean => received === 0 && sent >= enoughPackets;

export const isLegBad = (leg: LegCount | null): boolean => {
  if (leg === null) return false;
  const { received, lost, jitterMs, sent, sentLost } = leg;
  if (isOneWay(leg)) return true;
  if (received + lost >= enoughPackets) {
    if (lost > badLoss * (received + lost) || (jitterMs ?? 0) > badJitterMs) return true;
  }
  return sent >= enoughPackets && (sentLost ?? 0) > badLoss * sent;
};

/** One more who is well or is not says nothing yet. */
const enoughOthers = 2;
const isComparable = ({ count }: Compared): boolean => count >= enoughOthers;
const isShared = ({ count, bad }: Compared): boolean => count >= enoughOthers && 2 * bad >= count;

/** Seconds without sound from which a lost device is worth a word; below, another one took over in time. */
const longestGapMs = 2_000;
const deadSeconds = 5;
const uglySeconds = 5;
const uglyShare = 0.1;
const glitchedFrom = 1;
const lateShare = 0.1;
const lateSeconds = 3;
/** On average where somebody spoke: a voice is at -10 to -30. */
const lowDbfs = -42;
const heardSeconds = 15;

type Facts = {
  readonly evidence: CallEvidence;
  readonly seconds: number;
  readonly isDeskBad: boolean;
  readonly path: ProvenPath;
  /** The way to the desk was bad, and nothing else explains what was heard. */
  readonly isWayBad: boolean;
};

const noted = ({ evidence }: Facts, what: keyof CallNotes['seconds']): number =>
  evidence.notes?.seconds[what] ?? 0;

const lost = ({ evidence }: Facts, device: 'microphone' | 'speaker'): boolean =>
  evidence.notes?.devicesLost.some(
    (each) =>
      each.device === device && (each.replacedBy === null || (each.gapMs ?? 0) > longestGapMs),
  ) ?? false;

const ugly = (facts: Facts, what: 'clipped' | 'low'): boolean =>
  noted(facts, what) >= uglySeconds && noted(facts, what) >= uglyShare * facts.seconds;

/** The engine gets nothing from the line either where the sound system takes nothing: both sound the same. */
const heardNothing = ({ evidence: { desk } }: Facts): boolean =>
  desk !== null && desk.heardSeconds === 0 && desk.seconds >= heardSeconds;

/** Above it the network lost what the sound system is not to be blamed for, per cent. */
const ownLoss = 1;
const isLossy = ({ evidence: { line } }: Facts): boolean =>
  line === null || Math.max(line.lossPercent, line.sentLossPercent ?? 0) > ownLoss;

type Rule = {
  readonly reason: VerdictReason;
  readonly verdict: Exclude<Verdict, 'none'>;
  readonly fits: (facts: Facts) => boolean;
};

/** In order; docs/floor.md has it in words. */
const rules: readonly Rule[] = [
  {
    reason: 'microphone_silent',
    verdict: 'microphone',
    fits: (facts) => noted(facts, 'silent') >= deadSeconds,
  },
  {
    reason: 'microphone_muted',
    verdict: 'microphone',
    fits: (facts) => noted(facts, 'system_muted') >= deadSeconds,
  },
  { reason: 'microphone_lost', verdict: 'microphone', fits: (facts) => lost(facts, 'microphone') },
  { reason: 'speaker_lost', verdict: 'computer', fits: (facts) => lost(facts, 'speaker') },
  {
    reason: 'playout_broken',
    verdict: 'computer',
    fits: ({ evidence: { desk } }) => (desk?.glitchedPercent ?? 0) >= glitchedFrom,
  },
  {
    // A computer that is too busy loses and delays what the network brought in time.
    reason: 'engine_late',
    verdict: 'computer',
    fits: ({ evidence: { desk }, isDeskBad }) =>
      isDeskBad &&
      desk !== null &&
      desk.lateSeconds >= lateSeconds &&
      desk.lateSeconds >= lateShare * desk.seconds,
  },
  {
    // Nobody heard the agent, and the microphone gave nothing to a proof either.
    reason: 'microphone_unproven',
    verdict: 'microphone',
    fits: ({ evidence: { desk, proofs } }) =>
      desk !== null &&
      desk.spokenSeconds === 0 &&
      desk.seconds >= heardSeconds &&
      isProvenBroken(proofs, 'microphone'),
  },
  {
    reason: 'sound_system',
    verdict: 'computer',
    fits: (facts) =>
      ((facts.isDeskBad && !isLossy(facts)) || heardNothing(facts)) &&
      isProvenBroken(facts.evidence.proofs, 'ringer'),
  },
  {
    reason: 'many_desks',
    verdict: 'company',
    fits: ({ evidence, isDeskBad }) => isDeskBad && isShared(evidence.otherDesks),
  },
  {
    reason: 'this_desk',
    verdict: 'home_network',
    // That others were well weighs more than a second without trouble, less than one on either side.
    fits: ({ evidence, isWayBad, path }) =>
      isWayBad && isComparable(evidence.otherDesks) && path.clean < 2,
  },
  {
    // The exchange is what both ways have in common.
    reason: 'both_legs',
    verdict: 'company',
    fits: ({ evidence, isWayBad, path }) =>
      isWayBad && isLegBad(evidence.customerLeg) && path.clean === 0,
  },
  {
    // Without a customer and a carrier it was bad as well.
    reason: 'path_bad',
    verdict: 'home_network',
    fits: ({ evidence, isWayBad, path }) => isWayBad && path.isBad && evidence.otherDesks.bad === 0,
  },
  {
    reason: 'wireless',
    verdict: 'home_network',
    fits: ({ evidence: { desk }, isWayBad, path }) =>
      isWayBad &&
      path.clean === 0 &&
      (desk?.path?.network === 'wifi' || desk?.path?.network === 'cellular'),
  },
  {
    reason: 'path_clean',
    verdict: 'unknown',
    fits: ({ isWayBad, path }) => isWayBad && path.clean > 0,
  },
  { reason: 'desk_uncompared', verdict: 'unknown', fits: ({ isWayBad }) => isWayBad },
  {
    reason: 'many_customers',
    verdict: 'carrier',
    fits: ({ evidence }) => isLegBad(evidence.customerLeg) && isShared(evidence.otherCustomers),
  },
  {
    reason: 'one_way',
    verdict: 'carrier',
    fits: ({ evidence: { customerLeg } }) => customerLeg !== null && isOneWay(customerLeg),
  },
  {
    reason: 'this_customer',
    verdict: 'customer',
    fits: ({ evidence }) => isLegBad(evidence.customerLeg) && isComparable(evidence.otherCustomers),
  },
  {
    reason: 'customer_uncompared',
    verdict: 'unknown',
    fits: ({ evidence }) => isLegBad(evidence.customerLeg),
  },
  {
    reason: 'microphone_clipped',
    verdict: 'microphone',
    fits: (facts) => ugly(facts, 'clipped'),
  },
  { reason: 'microphone_low', verdict: 'microphone', fits: (facts) => ugly(facts, 'low') },
  {
    reason: 'customer_silent',
    verdict: 'customer',
    fits: (facts) =>
      heardNothing(facts) && (facts.evidence.customerLeg?.received ?? 0) >= enoughPackets,
  },
  { reason: 'nothing_heard', verdict: 'unknown', fits: heardNothing },
  {
    reason: 'customer_low',
    verdict: 'customer',
    fits: ({ evidence: { desk } }) =>
      desk !== null && desk.heardSeconds >= heardSeconds && (desk.heardDbfs ?? 0) < lowDbfs,
  },
  {
    // From the other side it came; whether the customer or the line made it nobody can tell.
    reason: 'loud',
    verdict: 'unknown',
    fits: ({ evidence }) => evidence.notes?.loud.some(({ byKey }) => byKey) ?? false,
  },
];

export const judge = (evidence: CallEvidence): Judgement => {
  const { line, desk, agentLeg, customerLeg } = evidence;
  // The exchange's own count serves where the desk told nothing.
  const isDeskBad = line === null ? isLegBad(agentLeg) : isLineBad(line);
  const path = provenPathOf(evidence.proofs);
  // What the customer's leg lost the desk misses as well.
  const isCustomers = isLegBad(customerLeg) && !isLegBad(agentLeg) && path.clean > 0;
  const facts: Facts = {
    ...{ evidence, seconds: line?.seconds ?? desk?.seconds ?? 0 },
    ...{ isDeskBad, path, isWayBad: isDeskBad && !isCustomers },
  };
  const rule = rules.find(({ fits }) => fits(facts));
  return rule === undefined
    ? { verdict: 'none', reason: null }
    : { verdict: rule.verdict, reason: rule.reason };
};
