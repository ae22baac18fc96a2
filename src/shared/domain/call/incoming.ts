import type { Call } from './call.ts';

/** What the phone is to do with calls that come in, as the agent, the settings and the queues have it. */
export type IncomingPolicy = {
  /** Queues whose calls are answered without a press. */
  readonly autoAnswerQueues: readonly string[];
  /** `refuse`: the agent is not to be disturbed, or is busy with a wrap-up that the settings protect. */
  readonly directCalls: 'ring' | 'refuse';
  /** Direct calls while another call is up. */
  readonly duringCall: 'ring' | 'refuse';
};

export type Offer = {
  readonly queue: string | null;
  /** A colleague asks about a customer. */
  readonly isConsult: boolean;
  /** A customer whom this phone handed over, and who found nobody there. */
  readonly isReturning: boolean;
};

/** `answer`: by itself, after the agent was told by a tone; where that is not possible it rings. */
export type IncomingDeed = 'refuse' | 'ring' | 'answer';

/** Meant for this agent and no other: no queue goes on to the next one. */
export const isDirect = ({ queue, isConsult }: Pick<Offer, 'queue' | 'isConsult'>): boolean =>
  isConsult || queue === null;

/**
 * What happens to a call that comes in. A queue's call is never refused here: the queue offers none to an agent who is
 * not ready. A customer who returns is never refused: nobody else would take them.
 */
export const incomingDeed = (
  offer: Offer,
  policy: IncomingPolicy,
  calls: readonly Call[],
): IncomingDeed => {
  const isBusy = calls.some((call) => call.state !== 'ended');
  if (isDirect(offer)) {
    if (offer.isReturning) return 'ring';
    const refused = policy.directCalls === 'refuse' || (isBusy && policy.duringCall === 'refuse');
    return refused ? 'refuse' : 'ring';
  }
  const isAutomatic = offer.queue !== null && policy.autoAnswerQueues.includes(offer.queue);
  return isAutomatic && !isBusy && !offer.isReturning ? 'answer' : 'ring';
};
