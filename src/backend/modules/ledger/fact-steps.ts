import type { JournalEvent } from '../../../shared/api/events.ts';
import type { OfferEnd } from '../../../shared/domain/agent/agent.ts';
import type { EndedFact, EndOutcome } from '../../../shared/domain/handle-time/fact.ts';
import type { TimedStep } from '../agent/agent-step.ts';

/**
 * How an offer that ended this way counts. A technical failure is no miss; the agent is taken out of the queue like
 * after a rejection, or the queue would offer to a broken phone once a second. `null`: the phone cannot tell a caller
 * who gave up from a queue that gave up; the PBX can.
 */
const offerEnd: Record<EndOutcome, OfferEnd | null> = {
  completed: 'withdrawn',
  transferred: 'withdrawn',
  cancelled: null,
  rejected: 'rejected',
  busy: 'rejected',
  no_answer: 'missed',
  wrong_number: 'withdrawn',
  answered_elsewhere: 'withdrawn',
  refused: 'withdrawn',
  // The line broke under the ring: judged like every offer that nobody answered.
  unreachable: 'missed',
  media_failed: 'failed',
  phone_failed: 'failed',
};

const howEnded = (fact: EndedFact, { pbxTells, isDirect }: Leg): OfferEnd | null => {
  // Who does not want a direct call says nothing of the work for the queues.
  if (fact.outcome === 'rejected' && isDirect) return 'refused';
  return offerEnd[fact.outcome] ?? (pbxTells ? null : 'withdrawn');
};

type Leg = {
  /** The PBX is connected and has the better word on offers. */
  readonly pbxTells: boolean;
  /** No queue offered it. */
  readonly isDirect: boolean;
};

/** What a client's fact means for its agent. */
export const stepsOf = ({ body }: JournalEvent, leg: Leg): readonly TimedStep[] => {
  const { fact } = body;
  const { callKey, at } = fact;
  const step = (each: TimedStep['step']): TimedStep[] => [{ step: each, at, source: 'client' }];
  switch (fact.kind) {
    case 'offered':
    case 'answered':
    case 'wrap_up_completed':
      return step({ kind: fact.kind, callKey });
    case 'dialed':
      return step({ kind: 'dialed', callKey, mailbox: fact.mailbox === true });
    case 'ended': {
      const answered = fact.outcome === 'completed' || fact.outcome === 'transferred';
      const how = howEnded(fact, leg);
      return how === null ? [] : step({ kind: 'leg_over', callKey, answered, how });
    }
    case 'held':
    case 'consult_began':
    case 'consult_ended':
    case 'resumed':
    case 'wrap_up_corrected':
    case 'asked':
    case 'granted':
    case 'refused':
    case 'withdrawn':
      return [];
  }
};
