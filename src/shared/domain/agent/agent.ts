import type { Result } from '../../result.ts';
import { failure, success } from '../../result.ts';

/** What the agent wants to be when nothing occupies it. */
export type Wish =
  | { readonly kind: 'ready' }
  /** `reason` is the code of a not-ready reason. */
  | { readonly kind: 'not_ready'; readonly reason: string };

/**
 * Where an agent stands: its own wish, and what the system sees. `callKey`s name calls. The state is derived from it
 * (`agentState`), so that no order of arriving events can make the two disagree.
 */
export type AgentStanding =
  | { readonly signedIn: false }
  | {
      readonly signedIn: true;
      readonly wish: Wish;
      /** Ringing at this agent. */
      readonly offers: readonly string[];
      /** Answered, or dialled by the agent. */
      readonly calls: readonly string[];
      /** Ended calls that still owe their wrap-up. One may be here again: a customer handed over can come back. */
      readonly wrapUps: readonly string[];
    };

export type AgentState =
  | { readonly state: 'offline' }
  | { readonly state: 'not_ready'; readonly reason: string }
  | { readonly state: 'ready' }
  | { readonly state: 'reserved'; readonly callKey: string; readonly next: Wish }
  | { readonly state: 'engaged'; readonly callKeys: readonly string[]; readonly next: Wish }
  | { readonly state: 'wrap_up'; readonly callKeys: readonly string[]; readonly next: Wish };

export type AgentStateName = AgentState['state'];

/** Reasons that the system gives by itself, beside those that an administrator defines. */
export const systemReasons = ['signed_in', 'missed_call', 'rejected_call', 'phone_failed'] as const;

/**
 * How an offer went away. `missed`: the agent did not answer; `rejected`: the agent declined; `failed`: the agent's phone
 * could not take it, which is nobody's fault; `refused`: a direct call that the agent, or the phone on the agent's word,
 * did not want, which concerns no queue; `withdrawn`: none of these.
 */
export type OfferEnd = 'missed' | 'rejected' | 'failed' | 'refused' | 'withdrawn';

/** An offer that ends so takes the agent out of the queues, with this reason. */
const reasonAfter = {
  missed: 'missed_call',
  rejected: 'rejected_call',
  failed: 'phone_failed',
} as const satisfies Record<
  Exclude<OfferEnd, 'refused' | 'withdrawn'>,
  (typeof systemReasons)[number]
>;

/** A call in progress comes before one that rings, and both before a wrap-up that is owed. */
export const agentState = (standing: AgentStanding): AgentState => {
  if (!standing.signedIn) return { state: 'offline' };
  const { wish, offers, calls, wrapUps } = standing;
  if (calls.length > 0) return { state: 'engaged', callKeys: calls, next: wish };
  const [offer] = offers;
  if (offer !== undefined) return { state: 'reserved', callKey: offer, next: wish };
  if (wrapUps.length > 0) return { state: 'wrap_up', callKeys: wrapUps, next: wish };
  return wish.kind === 'ready' ? { state: 'ready' } : { state: 'not_ready', reason: wish.reason };
};

export type AgentEvent =
  | { readonly kind: 'signed_in' }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'wished'; readonly wish: Wish }
  | { readonly kind: 'offered'; readonly callKey: string }
  /** The agent dialled. */
  | { readonly kind: 'dialed'; readonly callKey: string }
  | { readonly kind: 'answered'; readonly callKey: string }
  | { readonly kind: 'offer_ended'; readonly callKey: string; readonly how: OfferEnd }
  | { readonly kind: 'call_ended'; readonly callKey: string; readonly owesWrapUp: boolean }
  | { readonly kind: 'wrap_up_completed'; readonly callKey: string };

export type AgentEventKind = AgentEvent['kind'];
export type AgentRefusal = 'not_signed_in' | 'already' | 'unknown_call';

const without = (keys: readonly string[], key: string): readonly string[] =>
  keys.filter((other) => other !== key);

const withKey = (keys: readonly string[], key: string): readonly string[] =>
  keys.includes(key) ? keys : [...keys, key];

const sameWish = (a: Wish, b: Wish): boolean =>
  a.kind === 'ready' ? b.kind === 'ready' : b.kind === 'not_ready' && a.reason === b.reason;

/**
 * The agent's next standing, or why the event changes nothing. The same fact may arrive from the PBX and from the
 * client, in either order: the second is refused as `already`.
 */
export const agentTransition = (
  standing: AgentStanding,
  event: AgentEvent,
): Result<AgentStanding, AgentRefusal> => {
  if (event.kind === 'signed_in') {
    if (standing.signedIn) return failure('already');
    return success({
      signedIn: true,
      wish: { kind: 'not_ready', reason: 'signed_in' },
      offers: [],
      calls: [],
      wrapUps: [],
    });
  }
  if (!standing.signedIn) return failure(event.kind === 'signed_out' ? 'already' : 'not_signed_in');
  switch (event.kind) {
    case 'signed_out':
      return success({ signedIn: false });
    case 'wished':
      return sameWish(standing.wish, event.wish)
        ? failure('already')
        : success({ ...standing, wish: event.wish });
    case 'offered':
      if (standing.offers.includes(event.callKey) || standing.calls.includes(event.callKey)) {
        return failure('already');
      }
      return success({ ...standing, offers: [...standing.offers, event.callKey] });
    case 'dialed':
    case 'answered':
      if (
        standing.calls.includes(event.callKey) ||
        // Late news of the call that owes, unless it is offered anew.
        (standing.wrapUps.includes(event.callKey) && !standing.offers.includes(event.callKey))
      ) {
        return failure('already');
      }
      return success({
        ...standing,
        offers: without(standing.offers, event.callKey),
        calls: [...standing.calls, event.callKey],
      });
    case 'offer_ended': {
      if (!standing.offers.includes(event.callKey)) return failure('unknown_call');
      const offers = without(standing.offers, event.callKey);
      if (event.how === 'withdrawn' || event.how === 'refused')
        return success({ ...standing, offers });
      const wish: Wish = { kind: 'not_ready', reason: reasonAfter[event.how] };
      return success({ ...standing, offers, wish });
    }
    case 'call_ended':
      if (!standing.calls.includes(event.callKey)) return failure('unknown_call');
      return success({
        ...standing,
        calls: without(standing.calls, event.callKey),
        wrapUps: event.owesWrapUp ? withKey(standing.wrapUps, event.callKey) : standing.wrapUps,
      });
    case 'wrap_up_completed':
      if (!standing.wrapUps.includes(event.callKey)) return failure('unknown_call');
      return success({ ...standing, wrapUps: without(standing.wrapUps, event.callKey) });
  }
};
