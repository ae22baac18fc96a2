import type { OfferEnd } from '../../../shared/domain/agent/agent.ts';

/** Q.850 causes (and Asterisk's 26, "answered elsewhere") that tell by themselves how an offer ended. */
const byCause: Readonly<Record<number, OfferEnd>> = {
  17: 'rejected', // user busy: 486
  18: 'missed', // no user responding: 408
  19: 'missed', // no answer from the user: 480
  20: 'withdrawn', // subscriber absent: no phone was there
  21: 'rejected', // call rejected: 603
  26: 'withdrawn',
};

/** Normal clearing, and "interworking, unspecified": also what an offer carries whose caller hung up. */
const saysNothing: ReadonlySet<number> = new Set([16, 127]);

/**
 * How an unanswered offer ended, or null when the cause does not say. A cause that is none of these is of a phone that
 * failed: it counts as no miss, and the queue leaves it alone. A direct call that was not wanted says nothing of the
 * agent's work for the queues.
 */
export const offerEndByCause = (cause: number | null, isDirect: boolean): OfferEnd | null => {
  if (cause === null || saysNothing.has(cause)) return null;
  const end = byCause[cause] ?? 'failed';
  return isDirect && end === 'rejected' ? 'refused' : end;
};
