import type { ProofFact } from '../../shared/api/evidence.ts';
import { provenParts, type ProvenPart } from '../../shared/domain/line-quality/line-proof.ts';
import type { Proved } from '../../shared/ipc/readiness.ts';
import { createRateLimit } from '../dial-requests/rate-limit.ts';

/** What the phone proves is told as evidence: a call that went badly is judged by the proofs around it as well. */
export type ProofTelling = {
  readonly takeProved: (proved: Proved) => void;
  readonly useAgent: (agentId: string | null) => void;
};

type Ports = {
  readonly write: (agentId: string, facts: readonly ProofFact[]) => void;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly monotonicMs: () => number;
  readonly newId: (epochMs: number) => string;
};

/** What failed is proven again every few seconds; that it still fails is told this late. */
const againAfterMs = 60_000;
/** A way that comes and goes is proven with each turn: the first of an hour say enough. */
const proofsPerHour = 60;

const isPart = (proof: Proved['proof']): proof is ProvenPart =>
  provenParts.some((each) => each === proof);

/** To a hundredth: more nobody measures. */
const rounded = (path: NonNullable<ProofFact['path']>): NonNullable<ProofFact['path']> => {
  const round = (value: number): number => Math.round(value * 100) / 100;
  const { roundTripMs, jitterMs, lossPercent, sentLossPercent } = path;
  return {
    ...path,
    ...{ jitterMs: round(jitterMs), lossPercent: round(lossPercent) },
    roundTripMs: roundTripMs === null ? null : round(roundTripMs),
    sentLossPercent: sentLossPercent === null ? null : round(sentLossPercent),
  };
};

export const createProofTelling = (ports: Ports): ProofTelling => {
  /** What was told last of each, and when (monotonic ms). */
  const told = new Map<ProvenPart, { readonly cause: ProofFact['cause']; readonly at: number }>();
  const mayTell = createRateLimit(proofsPerHour, 3_600_000, ports.monotonicMs);
  let agentId: string | null = null;

  return {
    takeProved: ({ proof, word, cause, path = null }) => {
      if (agentId === null || !isPart(proof) || (word !== 'holds' && word !== 'fails')) return;
      const last = told.get(proof) ?? null;
      // A device that works is worth a word after one that did not; a way is worth its figures.
      if (word === 'holds' && path === null && (last?.cause ?? null) === null) return;
      const monotonic = ports.monotonicMs();
      const isSameFault = cause !== null && last?.cause === cause;
      if ((isSameFault && monotonic - last.at < againAfterMs) || !mayTell()) return;
      told.set(proof, { cause, at: monotonic });
      const at = ports.now();
      const id = ports.newId(at);
      const measured = path === null ? null : rounded(path);
      ports.write(agentId, [{ kind: 'proof', id, at, what: proof, cause, path: measured }]);
    },
    useAgent: (next) => {
      agentId = next;
      told.clear();
    },
  };
};
