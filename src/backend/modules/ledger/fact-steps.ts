import type { JournalEvent } from '../../../shared/api/events.ts';
import type { OfferEnd } from '../../../shared/domain/agent/agent.ts';
import type { EndOutcome } from '../../../shared/domain/handle-time/fact.ts';
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
  unreachable: 'withdrawn',
  media_failed: 'failed',
  phone_failed: 'failed',
};

/** What a client's fact means for its agent; `pbxTells`: the PBX is connected and has the better word on offers. */
export const stepsOf = ({ body }: JournalEvent, pbxTells: boolean): readonly TimedStep[] => {
  const { fact } = body;
  const { callKey, at } = fact;
  const step = (each: TimedStep['step']): TimedStep[] => [{ step: each, at, source: 'client' }];
  switch (fact.kind) {
    case 'offered':
    case 'dialed':
    case 'answered':
    case 'wrap_up_completed':
      return step({ kind: fact.kind, callKey });
    case 'ended': {
      const answered = fact.outcome === 'completed' || fact.outcome === 'transferred';
      const how = offerEnd[fact.outcome] ?? (pbxTells ? null : 'withdrawn');
      return how === null ? [] : step({ kind: 'leg_over', callKey, answered, how });
    }
    case 'held':
    case 'consult_began':
    case 'consult_ended':
    case 'resumed':
    case 'asked':
    case 'granted':
    case 'refused':
    case 'withdrawn':
      return [];
  }
};
