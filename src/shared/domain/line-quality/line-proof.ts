import type { HindranceCause } from '../readiness/hindrance.ts';
import type { PathFigures } from '../readiness/path.ts';
import { mosOf, wordOfFigures, type LineFigures } from './line-quality.ts';

/**
 * What a desk proved of itself shortly before and after a call: evidence beside what was counted in the call. A proof call
 * goes the same way to the exchange, with no customer and no carrier behind it.
 */

export const provenParts = ['media_path', 'microphone', 'ringer'] as const;
export type ProvenPart = (typeof provenParts)[number];

export type ProofFigures = Omit<PathFigures, 'setupMs'>;

export type LineProof = {
  readonly what: ProvenPart;
  /** Server's clock, epoch ms. */
  readonly at: number;
  /** Why it failed; null: it held. */
  readonly cause: HindranceCause | null;
  /** Of a way that carried sound; null: not measured. */
  readonly path: ProofFigures | null;
};

export type NearProof = Omit<LineProof, 'at'> & {
  readonly when: 'before' | 'after';
  /** Between it and the call. */
  readonly ageMs: number;
};

/** Wireless networks and lines at home change within minutes: what is older says nothing about a call. */
export const nearMs = 15 * 60_000;

type Span = { readonly from: number; readonly to: number };

const nearest = (proofs: readonly NearProof[]): readonly NearProof[] =>
  [...proofs].sort((one, other) => one.ageMs - other.ageMs).slice(0, 1);

/** Of each part the last before the call and the first after it, where they are near enough. */
export const proofsNear = (
  proofs: readonly LineProof[],
  { from, to }: Span,
): readonly NearProof[] => {
  const near = proofs.flatMap(({ at, ...proof }): NearProof[] => {
    // Nothing is proven within a call; how long it was held is not in its length.
    const when = at < to ? 'before' : 'after';
    const ageMs = when === 'before' ? Math.max(0, from - at) : at - to;
    return ageMs <= nearMs ? [{ ...proof, when, ageMs }] : [];
  });
  return provenParts.flatMap((part) =>
    (['before', 'after'] as const).flatMap((side) =>
      nearest(near.filter(({ what, when }) => what === part && when === side)),
    ),
  );
};

/** One frame is spoken whole before it is sent, and a jitter buffer holds about twice the jitter. */
const frameMs = 20;

/** What a call over this way would have sounded like. */
export const figuresOfPath = (path: ProofFigures): LineFigures => {
  const { roundTripMs, jitterMs, lossPercent, sentLossPercent } = path;
  const loss = Math.min(100, Math.max(lossPercent, sentLossPercent ?? 0));
  const delayMs = (roundTripMs ?? 0) / 2 + 2 * jitterMs + frameMs;
  return {
    ...{ roundTripMs, jitterMs, lossPercent, concealedPercent: 0, sentLossPercent, delayMs },
    mos: mosOf(delayMs, loss),
  };
};

/** Half a second of packets of 20 ms: with fewer a clean way is not known to be one. */
const enoughPackets = 25;
/** One or two of the thirty of a proof call are lost on good lines as well. */
const lostPackets = 3;

/** What was lost, where it was more than chance. */
const heavyLoss = (percent: number, packets: number): number =>
  (percent / 100) * packets >= lostPackets ? percent : 0;

/** null: it is neither. */
export const wordOfPath = ({ cause, path }: NearProof): 'clean' | 'bad' | null => {
  if (cause !== null) return 'bad';
  if (path === null) return null;
  const { packetsReceived, packetsSent, lossPercent, sentLossPercent } = path;
  const expected = packetsReceived / Math.max(0.01, 1 - lossPercent / 100);
  const heavy = figuresOfPath({
    ...path,
    lossPercent: heavyLoss(lossPercent, expected),
    sentLossPercent: heavyLoss(sentLossPercent ?? 0, packetsSent),
  });
  if (wordOfFigures(heavy) === 'bad') return 'bad';
  const isGood = wordOfFigures(figuresOfPath(path)) === 'good';
  return isGood && packetsReceived >= enoughPackets ? 'clean' : null;
};

/** The way to the exchange by all that is near: `clean` counts the sides of the call on which it was found so. */
export type ProvenPath = { readonly isBad: boolean; readonly clean: number };

export const provenPathOf = (proofs: readonly NearProof[]): ProvenPath => {
  const words = proofs.filter(({ what }) => what === 'media_path').map(wordOfPath);
  const isBad = words.includes('bad');
  return { isBad, clean: isBad ? 0 : words.filter((word) => word === 'clean').length };
};

/** The word that is nearest to the call: what was put right long before it does not count. */
export const isProvenBroken = (
  proofs: readonly NearProof[],
  part: Exclude<ProvenPart, 'media_path'>,
): boolean => {
  const [latest] = nearest(proofs.filter(({ what }) => what === part));
  return (latest?.cause ?? null) !== null;
};
