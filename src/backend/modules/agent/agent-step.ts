import type { AgentEvent, AgentStanding, OfferEnd } from '../../../shared/domain/agent/agent.ts';
import { newCallMemory, type CallMemory } from './call-memory.ts';

/**
 * What the PBX, the client or the agent reports. `leg_over` becomes the end of an offer or of a call, whichever the
 * agent has.
 */
export type AgentStep =
  | Exclude<AgentEvent, { readonly kind: 'offer_ended' | 'call_ended' }>
  | {
      readonly kind: 'leg_over';
      readonly callKey: string;
      readonly answered: boolean;
      readonly how: OfferEnd;
    };

export type TimedStep = {
  readonly step: AgentStep;
  /** Epoch ms when it happened. */
  readonly at: number;
  readonly source: 'pbx' | 'client' | 'agent' | 'system';
};

export type StepReading = {
  /** None: the report changes nothing for the agent (it came late). */
  readonly events: readonly AgentEvent[];
  /** null: as it was. */
  readonly memory: CallMemory | null;
};

const begun = (memory: CallMemory, { step, at, source }: TimedStep): StepReading['memory'] => {
  // The queue may offer the same call to the same agent again: a report after the end begins anew.
  const current =
    memory.endedAt !== null && at > memory.endedAt ? newCallMemory(memory.callKey) : memory;
  if (step.kind !== 'answered') return current;
  return {
    ...current,
    answeredAt: current.answeredAt ?? at,
    pbxAnsweredAt: source === 'pbx' ? (current.pbxAnsweredAt ?? at) : current.pbxAnsweredAt,
  };
};

/**
 * Reads a report against what is remembered of its call. Reports of one call come from two sides at their own speed;
 * what is older than the end of the call is told by its time.
 */
export const readStep = (
  standing: AgentStanding,
  memory: CallMemory | undefined,
  timed: TimedStep,
): StepReading => {
  const { step, at, source } = timed;
  switch (step.kind) {
    case 'signed_in':
    case 'signed_out':
    case 'wished':
      return { events: [step], memory: null };
    case 'offered':
    case 'dialed':
    case 'answered': {
      const known = memory ?? newCallMemory(step.callKey);
      const isLate = known.endedAt !== null && at <= known.endedAt;
      return isLate
        ? { events: [], memory: null }
        : { events: [step], memory: begun(known, timed) };
    }
    case 'leg_over': {
      const { callKey, how } = step;
      const known = memory ?? newCallMemory(callKey);
      const isOffer = standing.signedIn && standing.offers.includes(callKey);
      const answered = step.answered || (known.answeredAt !== null && !isOffer);
      // An older wrap-up is of an earlier leg: the customer came back.
      const isWrappedUp = known.wrappedUpAt !== null && known.wrappedUpAt >= at;
      const owesWrapUp = answered && !isWrappedUp;
      const callEnded: AgentEvent = { kind: 'call_ended', callKey, owesWrapUp };
      const offerEnded: readonly AgentEvent[] = answered
        ? [{ kind: 'answered', callKey }, callEnded]
        : [{ kind: 'offer_ended', callKey, how }];
      return {
        events: isOffer ? offerEnded : [callEnded],
        memory: {
          ...known,
          endedAt: known.endedAt ?? at,
          pbxEndedAt: source === 'pbx' ? (known.pbxEndedAt ?? at) : known.pbxEndedAt,
        },
      };
    }
    case 'wrap_up_completed':
      return {
        events: [step],
        memory: { ...(memory ?? newCallMemory(step.callKey)), wrappedUpAt: at },
      };
  }
};
