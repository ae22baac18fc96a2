export type OfferEnd = 'missed' | 'rejected' | 'withdrawn';

/** Q.850 causes (and Asterisk's 26 for "answered elsewhere") that tell by themselves how an offer ended. */
const byCause: Readonly<Record<number, OfferEnd>> = {
  17: 'rejected', // user busy: 486
  18: 'missed', // no user responding
  19: 'missed', // no answer from the user
  20: 'withdrawn', // subscriber absent: the phone was not there
  21: 'rejected', // call rejected: 603
  26: 'withdrawn',
};

/** How an unanswered offer ended, or null when the cause does not say. */
export const offerEndByCause = (cause: number | null): OfferEnd | null =>
  cause === null ? null : (byCause[cause] ?? null);
