import { agentToneHz, type FarEnd, toneDb } from '../engine-page/far-end.ts';

/** What a customer missed of a tone that the agent's side says without a pause. */
export type MissedTone = {
  /** Sound that never arrived: the far side was sent nothing. */
  readonly absentMs: number;
  /** The longest stretch of what arrived in which the tone was not. */
  readonly silentMs: number;
};

const rateHz = 8_000;
/** Two frames. */
const windowMs = 40;
const windowSamples = (windowMs * rateHz) / 1_000;
const lookEveryMs = 1_000;
const audibleDb = -30;

/** The longest run of windows without the tone, ms. */
const longestSilence = (samples: Float64Array, hertz: number): number => {
  let longest = 0;
  let run = 0;
  for (let at = 0; at + windowSamples <= samples.length; at += windowSamples) {
    const isHeard = toneDb(samples.subarray(at, at + windowSamples), hertz) > audibleDb;
    run = isHeard ? 0 : run + windowMs;
    longest = Math.max(longest, run);
  }
  return longest;
};

export type ToneWatch = { readonly stop: () => MissedTone };

/** Listens to everything that a customer hears until `stop`. */
export const watchTone = (customer: Pick<FarEnd, 'heardMs' | 'lastHeard'>): ToneWatch => {
  const begunAt = performance.now();
  const begunMs = customer.heardMs();
  const parts: Float64Array[] = [];
  let takenMs = begunMs;
  const take = (): void => {
    const now = customer.heardMs();
    parts.push(customer.lastHeard(now - takenMs));
    takenMs = now;
  };
  const timer = setInterval(take, lookEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      take();
      const elapsedMs = performance.now() - begunAt;
      const heard = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        heard.set(part, at);
        at += part.length;
      }
      return {
        absentMs: Math.max(0, elapsedMs - (takenMs - begunMs)),
        silentMs: longestSilence(heard, agentToneHz),
      };
    },
  };
};
