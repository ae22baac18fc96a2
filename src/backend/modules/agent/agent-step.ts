import type { AgentEvent, AgentStanding, OfferEnd } from '../../../shared/domain/agent/agent.ts';
import type { PbxWord } from '../../../shared/domain/missed/missed.ts';
import { newCallMemory, type CallMemory } from './call-memory.ts';

/**
 * What the PBX, the client or the agent reports. `leg_over` becomes the end of an offer or of a call, whichever the
 * agent has.
 */
export type AgentStep =
  | Exclude<AgentEvent, { readonly kind: 'dialed' | 'offer_ended' | 'call_ended' }>
  /** `mailbox`: the agent's own. */
  | { readonly kind: 'dialed'; readonly callKey: string; readonly mailbox?: boolean }
  | {
      readonly kind: 'leg_over';
      readonly callKey: string;
      readonly answered: boolean;
      readonly how: OfferEnd;
      /** What the PBX says of an offer that nobody answered. */
      readonly pbx?: PbxWord;
    };

export type TimedStep = {
  readonly step: AgentStep;
  /** Epoch ms when it happened. */
  readonly at: number;
  readonly source: 'pbx' | 'client' | 'agent' | 'system' | `supervisor:${string}`;
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
  const told = source === 'pbx' ? at : null;
  if (step.kind !== 'answered') {
    const pbxOfferedAt = current.pbxOfferedAt ?? told;
    const isMailbox = current.isMailbox || (step.kind === 'dialed' && step.mailbox === true);
    const isNew = pbxOfferedAt !== current.pbxOfferedAt || isMailbox !== current.isMailbox;
    return isNew ? { ...current, pbxOfferedAt, isMailbox } : current;
  }
  return {
    ...current,
    answeredAt: current.answeredAt ?? at,
    pbxAnsweredAt: current.pbxAnsweredAt ?? told,
  };
};

/** A phone's clock and the server's may differ by so much. */
const clockErrorMs = 2_000;

const eventOf = ({
  kind,
  callKey,
}: Extract<AgentStep, { readonly kind: 'offered' | 'dialed' | 'answered' }>): AgentEvent => ({
  kind,
  callKey,
});

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
    case 'forced':
    case 'app_gone':
    case 'app_back':
    case 'readiness':
      return { events: [step], memory: null };
    case 'offered':
    case 'dialed':
    case 'answered': {
      const known = memory ?? newCallMemory(step.callKey);
      const isLate = known.endedAt !== null && at <= known.endedAt;
      if (isLate) {
        // It changes nothing, but the ledger compares the two sides' times.
        const isNews = source === 'pbx' && step.kind !== 'answered' && known.pbxOfferedAt === null;
        return { events: [], memory: isNews ? { ...known, pbxOfferedAt: at } : null };
      }
      // The agent was signed in elsewhere then, or not at all: a machine that was away tells of it now.
      const isOfBefore = standing.signedIn && at < (standing.signedInAt ?? 0) - clockErrorMs;
      return { events: isOfBefore ? [] : [eventOf(step)], memory: begun(known, timed) };
    }
    case 'leg_over': {
      const { callKey, how } = step;
      const known = memory ?? newCallMemory(callKey);
      const isOffer = standing.signedIn && standing.offers.includes(callKey);
      const answered = step.answered || (known.answeredAt !== null && !isOffer);
      // An older wrap-up is of an earlier leg: the customer came back.
      const isWrappedUp = known.wrappedUpAt !== null && known.wrappedUpAt >= at;
      const owesWrapUp = answered && !isWrappedUp && !known.isMailbox;
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
