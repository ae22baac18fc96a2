/**
 * When a customer whose agent is not heard any more is taken back from that agent. Until then the customer hears music and
 * the agent may return into the call.
 */

/** What is known of an agent of whose sound nothing arrives. */
export type Absence = {
  /** For so long nothing arrived. */
  readonly silentMs: number;
  /** The agent has the customer on hold, who hears music anyway. */
  readonly isHeld: boolean;
  /**
   * The desk's line to the backend. `closed`: the agent's system ended it, as it does when the program dies; a network that
   * fails ends nothing. `lost`: nothing is heard on it, or it was not there since the backend began.
   */
  readonly line: 'open' | 'closed' | 'lost';
  /** For so long it has not been open. */
  readonly lineGoneMs: number;
  /** The PBX has a phone there that answers. */
  readonly hasPhone: boolean;
};

/** `desk_gone`: the program is not there any more, and the call with it. `not_heard`: nobody knows why. */
export type RescueWhy = 'desk_gone' | 'not_heard';

export type RescueDeed =
  | { readonly kind: 'rescue'; readonly why: RescueWhy }
  /** Looked at again after so long, if nothing is heard until then. */
  | { readonly kind: 'wait'; readonly forMs: number };

/** ms. */
export const rescueTimes = {
  /**
   * A program that died lets its connections be closed at once; one that changes its network opens others in their place,
   * within 8 s in 19 of 20 cases.
   */
  deadAfterMs: 8_000,
  /**
   * An outage may last 30 s (as with Twilio and Matrix): the phone seeks another path all the while, and finds one within
   * 2 s of the network.
   */
  givenUpAfterMs: 33_000,
} as const;

const later = (...waits: readonly number[]): RescueDeed => ({
  kind: 'wait',
  forMs: Math.max(1, Math.min(...waits.filter((ms) => ms > 0), rescueTimes.deadAfterMs)),
});

export const rescueDeed = (absence: Absence): RescueDeed => {
  const { silentMs, isHeld, line, lineGoneMs, hasPhone } = absence;
  const { deadAfterMs, givenUpAfterMs } = rescueTimes;
  const isDead = line === 'closed' && !hasPhone;
  if (isDead && silentMs >= deadAfterMs && lineGoneMs >= deadAfterMs)
    return { kind: 'rescue', why: 'desk_gone' };
  // On hold nobody waits for a voice: it takes more than a silent phone to end that.
  const isLost = !isHeld || (line !== 'open' && !hasPhone);
  if (isLost && silentMs >= givenUpAfterMs) return { kind: 'rescue', why: 'not_heard' };
  return isDead
    ? later(Math.max(deadAfterMs - silentMs, deadAfterMs - lineGoneMs), givenUpAfterMs - silentMs)
    : later(givenUpAfterMs - silentMs);
};
