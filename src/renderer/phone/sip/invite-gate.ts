import type { IncomingRequest } from 'jssip';

/** Several calls may arrive at one instant; a person is not called more often than this for long. */
const burst = 6;
const perSecond = 2;
/** How many refused calls are remembered for their repetitions, and for how long (timer B, RFC 3261 §17.1.1.2). */
const remembered = 512;
const rememberedMs = 32_000;

export type InviteGate = {
  /** The status with which this call is refused, null when it may come in. */
  readonly refusal: (
    request: Pick<IncomingRequest, 'method' | 'call_id' | 'from_tag' | 'to_tag' | 'cseq'>,
  ) => number | null;
};

/**
 * Lets calls in at the pace of people. What comes faster is busy (486), without a session, a ring or a word to the screen.
 * A call that comes twice, by repetition or by two ways, counts once and gets the same answer.
 */
export const createInviteGate = (now: () => number = () => performance.now()): InviteGate => {
  /** When each call was judged, the oldest first. Few are admitted, by the pace itself. */
  const admitted = new Map<string, number>();
  const refused = new Map<string, number>();
  let tokens = burst;
  let filledAt = now();

  const forget = (judged: Map<string, number>, at: number) => {
    for (const [key, judgedAt] of judged) {
      if (judged.size <= remembered && at - judgedAt < rememberedMs) return;
      judged.delete(key);
    }
  };

  return {
    refusal: (request) => {
      // Inside a call (a to-tag): not a new one.
      if (request.method !== 'INVITE' || request.to_tag) return null;
      const at = now();
      forget(admitted, at);
      forget(refused, at);
      const key = `${request.call_id} ${request.from_tag ?? ''} ${request.cseq}`;
      if (admitted.has(key)) return null;
      if (refused.has(key)) return 486;
      tokens = Math.min(burst, tokens + ((at - filledAt) / 1_000) * perSecond);
      filledAt = at;
      if (tokens < 1) {
        refused.set(key, at);
        return 486;
      }
      tokens -= 1;
      admitted.set(key, at);
      return null;
    },
  };
};
