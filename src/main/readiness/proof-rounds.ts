import type { EngineProof, Proved, ProveOrder } from '../../shared/ipc/readiness.ts';

/** An engine that has not answered by then answers no more. */
const answerWithinMs = 20_000;
/** Between two tries of what failed; the last one for good: what works again is known within 15 s. */
const againAfterMs = [500, 1_000, 2_000, 4_000, 8_000] as const;
/** So many different times are chosen from, so that a floor that lost the same thing does not come back in step. */
const spread = 0.5;

type Standing = {
  readonly underWay: { readonly round: string; readonly askedAt: number } | null;
  readonly tries: number;
  readonly notBefore: number;
};
const fresh: Standing = { underWay: null, tries: 0, notBefore: Number.NEGATIVE_INFINITY };

/** Which proofs the engine was asked for and when it is asked again; monotonic ms. */
export type ProofRounds = {
  /** Asks for those of `wanted` that it is time for. Answers when to look again; null: nothing is waited for. */
  readonly follow: (wanted: readonly EngineProof[], now: number) => number | null;
  /** When the engine was asked for this answer; null: nobody waits for it. */
  readonly settle: (proved: Proved, now: number) => number | null;
  /** What happened may have changed it: no pause counts, and what is under way says nothing. */
  readonly anew: (proofs: readonly EngineProof[]) => void;
  /** No pause counts; what is under way goes on. */
  readonly hurry: () => void;
};

export const createProofRounds = (ports: {
  readonly order: (order: ProveOrder) => void;
  readonly newId: () => string;
  readonly random: () => number;
}): ProofRounds => {
  const standings = new Map<EngineProof, Standing>();
  const of = (proof: EngineProof): Standing => standings.get(proof) ?? fresh;

  const pauseAfter = (tries: number): number => {
    const ms = againAfterMs[Math.min(tries, againAfterMs.length - 1)] ?? 0;
    return ms * (1 + spread * ports.random());
  };

  return {
    follow: (wanted, now) => {
      const round = ports.newId();
      const asked: EngineProof[] = [];
      const times: number[] = [];
      for (const proof of wanted) {
        const standing = of(proof);
        const { underWay, notBefore, tries } = standing;
        if (underWay !== null && now - underWay.askedAt < answerWithinMs) {
          times.push(underWay.askedAt + answerWithinMs);
        } else if (now < notBefore) times.push(notBefore);
        else {
          asked.push(proof);
          standings.set(proof, { underWay: { round, askedAt: now }, tries, notBefore });
          times.push(now + answerWithinMs);
        }
      }
      if (asked.length > 0) ports.order({ round, proofs: asked });
      return times.length === 0 ? null : Math.min(...times);
    },
    settle: ({ round, proof, word }, now) => {
      const { underWay, tries } = of(proof);
      if (underWay?.round !== round) return null;
      const isProven = word === 'holds' || word === 'unprovable';
      standings.set(
        proof,
        isProven ? fresh : { underWay: null, tries: tries + 1, notBefore: now + pauseAfter(tries) },
      );
      return underWay.askedAt;
    },
    anew: (proofs) => {
      for (const proof of proofs) standings.delete(proof);
    },
    hurry: () => {
      for (const [proof, { underWay }] of standings) standings.set(proof, { ...fresh, underWay });
    },
  };
};
