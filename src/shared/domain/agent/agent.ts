import type { Result } from '../../result.ts';
import { failure, success } from '../../result.ts';
import {
  hindranceReasons,
  reasonOfHindrance,
  type HindranceCause,
} from '../readiness/hindrance.ts';

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
      /** Epoch ms; absent: from before this was kept. What a phone tells of earlier calls moves nobody. */
      readonly signedInAt?: number;
      /** How the wish came about, where it is not the agent's own. */
      readonly origin?: WishOrigin;
      /** What the desk last proved of itself; absent: it tells nothing, and the wish alone counts. */
      readonly readiness?: DeskReadiness;
    };

/** The later word of one session counts, whichever arrives first. */
export type DeskReadiness = {
  /** Sessions end before others begin, and what an ended one says is not taken. */
  readonly sessionId: string;
  readonly revision: number;
  /** What keeps calls from being rung and heard there; null: nothing. */
  readonly hindrance: HindranceCause | null;
};

/** Who else than the agent made the present wish. */
export type WishOrigin =
  /** `leaving`: and signs the agent out as soon as no call and no wrap-up is in the way. */
  | { readonly by: 'supervisor'; readonly name: string; readonly leaving?: true }
  /** The desk was gone for a while (epoch ms) and is back: the agent is ready again, as before. */
  | { readonly by: 'return'; readonly lostAt: number; readonly backAt: number };

export type AgentState =
  | { readonly state: 'offline' }
  | { readonly state: 'not_ready'; readonly reason: string }
  | { readonly state: 'ready' }
  | { readonly state: 'reserved'; readonly callKey: string; readonly next: Wish }
  | { readonly state: 'engaged'; readonly callKeys: readonly string[]; readonly next: Wish }
  | { readonly state: 'wrap_up'; readonly callKeys: readonly string[]; readonly next: Wish };

export type AgentStateName = AgentState['state'];

/** Reasons that the system gives by itself, beside those that an administrator defines; nobody can choose one. */
export const systemReasons = [
  'signed_in',
  'missed_call',
  'rejected_call',
  'phone_failed',
  /** The desk was not heard of for longer than the grace, and no phone of it could ring. */
  'app_gone',
  'set_by_supervisor',
  /** A call was offered and could not be seen or heard at the desk. */
  'unreachable',
  /** The agent wishes to be ready, and is as soon as the desk is. */
  ...hindranceReasons,
] as const;

export type SystemReason = (typeof systemReasons)[number];

export const isSystemReason = (code: string): code is SystemReason =>
  systemReasons.some((reason) => reason === code);

/**
 * How an offer went away. `missed`: the agent did not answer; `unreached`: nobody answered, and nothing says that it was
 * the agent's doing; `rejected`: the agent declined; `failed`: the agent's phone could not take it; `refused`: a direct call that the agent, or the phone on the agent's word,
 * did not want, which concerns no queue; `withdrawn`: none of these.
 */
export type OfferEnd = 'missed' | 'unreached' | 'rejected' | 'failed' | 'refused' | 'withdrawn';

/** An offer that ends so takes the agent out of the queues, with this reason. */
const reasonAfter = {
  missed: 'missed_call',
  unreached: 'unreachable',
  rejected: 'rejected_call',
  failed: 'phone_failed',
} as const satisfies Record<Exclude<OfferEnd, 'refused' | 'withdrawn'>, SystemReason>;

/** A call in progress comes before one that rings, and both before a wrap-up that is owed. */
export const agentState = (standing: AgentStanding): AgentState => {
  if (!standing.signedIn) return { state: 'offline' };
  const { wish, offers, calls, wrapUps } = standing;
  if (calls.length > 0) return { state: 'engaged', callKeys: calls, next: wish };
  const [offer] = offers;
  if (offer !== undefined) return { state: 'reserved', callKey: offer, next: wish };
  if (wrapUps.length > 0) return { state: 'wrap_up', callKeys: wrapUps, next: wish };
  if (wish.kind === 'not_ready') return { state: 'not_ready', reason: wish.reason };
  const hindrance = standing.readiness?.hindrance ?? null;
  if (hindrance !== null) return { state: 'not_ready', reason: reasonOfHindrance(hindrance) };
  return { state: 'ready' };
};

export type AgentEvent =
  /** `wrapUps`: what the ledger says is owed from before; `at`: epoch ms. */
  | { readonly kind: 'signed_in'; readonly wrapUps?: readonly string[]; readonly at?: number }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'wished'; readonly wish: Wish }
  /** A supervisor decided; the name is what the agent is told. */
  | {
      readonly kind: 'forced';
      readonly to: 'ready' | 'not_ready' | 'offline';
      readonly name: string;
    }
  /** `lostAt`: when the desk was last heard of, epoch ms. */
  | { readonly kind: 'app_gone'; readonly lostAt: number }
  | { readonly kind: 'app_back'; readonly lostAt: number; readonly at: number }
  /** The desk proved, or could not prove, that a call can ring and be heard there. */
  | { readonly kind: 'readiness'; readonly readiness: DeskReadiness }
  | { readonly kind: 'offered'; readonly callKey: string }
  /** The agent dialled. */
  | { readonly kind: 'dialed'; readonly callKey: string }
  | { readonly kind: 'answered'; readonly callKey: string }
  | {
      readonly kind: 'offer_ended';
      readonly callKey: string;
      readonly how: OfferEnd;
      /** The agent is left in the queues all the same. */
      readonly stays?: true;
    }
  | { readonly kind: 'call_ended'; readonly callKey: string; readonly owesWrapUp: boolean }
  | { readonly kind: 'wrap_up_completed'; readonly callKey: string };

export type AgentEventKind = AgentEvent['kind'];
export type AgentRefusal =
  | 'not_signed_in'
  | 'already'
  | 'unknown_call'
  /** A supervisor signs the agent out when the call is over: there is nothing to wish for. */
  | 'leaving';

const without = (keys: readonly string[], key: string): readonly string[] =>
  keys.filter((other) => other !== key);

const withKey = (keys: readonly string[], key: string): readonly string[] =>
  keys.includes(key) ? keys : [...keys, key];

type Present = Extract<AgentStanding, { readonly signedIn: true }>;

const sameWish = (a: Wish, b: Wish): boolean =>
  a.kind === 'ready' ? b.kind === 'ready' : b.kind === 'not_ready' && a.reason === b.reason;

const withWish = ({ origin: _before, ...standing }: Present, wish: Wish): Present => ({
  ...standing,
  wish,
});

const notReady = (reason: SystemReason): Wish => ({ kind: 'not_ready', reason });

/** In no call that a change of state would have to wait for. */
const isFree = ({ calls, offers }: Present): boolean => calls.length === 0 && offers.length === 0;

/** The supervisor whose sign-out waits for the agent's calls; null: none does. */
export const signsOutLater = (standing: AgentStanding): string | null => {
  const origin = standing.signedIn ? standing.origin : undefined;
  return origin?.by === 'supervisor' && origin.leaving === true ? origin.name : null;
};

/** A sign-out that waited waits no longer when nothing occupies the agent. */
const afterwards = (standing: Present): AgentStanding =>
  isFree(standing) && standing.wrapUps.length === 0 && signsOutLater(standing) !== null
    ? { signedIn: false }
    : standing;

const forced = (
  standing: Present,
  { to, name }: Extract<AgentEvent, { readonly kind: 'forced' }>,
): Result<AgentStanding, AgentRefusal> => {
  // What is owed is in the ledger, and here again at the next sign-in.
  if (to === 'offline' && isFree(standing)) return success({ signedIn: false });
  const wish: Wish = to === 'ready' ? { kind: 'ready' } : notReady('set_by_supervisor');
  const origin: WishOrigin =
    to === 'offline' ? { by: 'supervisor', name, leaving: true } : { by: 'supervisor', name };
  const isLeaving = signsOutLater(standing) !== null;
  if (sameWish(standing.wish, wish) && (to === 'ready' || isLeaving === (to === 'offline'))) {
    return failure('already');
  }
  return success({ ...standing, wish, origin });
};

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
      wish: notReady('signed_in'),
      offers: [],
      calls: [],
      wrapUps: [...new Set(event.wrapUps ?? [])],
      ...(event.at === undefined ? {} : { signedInAt: event.at }),
    });
  }
  if (!standing.signedIn) return failure(event.kind === 'signed_out' ? 'already' : 'not_signed_in');
  switch (event.kind) {
    case 'signed_out':
      return success({ signedIn: false });
    case 'wished':
      if (signsOutLater(standing) !== null) return failure('leaving');
      return sameWish(standing.wish, event.wish)
        ? failure('already')
        : success(withWish(standing, event.wish));
    case 'forced':
      return forced(standing, event);
    case 'app_gone':
      // Who is at lunch is at lunch, whatever the computer does.
      return standing.wish.kind === 'ready'
        ? success(withWish(standing, notReady('app_gone')))
        : failure('already');
    case 'app_back': {
      const { wish } = standing;
      if (wish.kind === 'ready' || wish.reason !== 'app_gone') return failure('already');
      const origin: WishOrigin = { by: 'return', lostAt: event.lostAt, backAt: event.at };
      return success({ ...standing, wish: { kind: 'ready' }, origin });
    }
    case 'readiness': {
      const { readiness: known } = standing;
      const { sessionId, revision } = event.readiness;
      return known?.sessionId === sessionId && revision <= known.revision
        ? failure('already')
        : success({ ...standing, readiness: event.readiness });
    }
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
      // Who asked meanwhile not to be ready has the reason that was asked for.
      const isOut = event.how === 'withdrawn' || event.how === 'refused';
      if (isOut || event.stays === true || standing.wish.kind === 'not_ready') {
        return success(afterwards({ ...standing, offers }));
      }
      return success({ ...withWish(standing, notReady(reasonAfter[event.how])), offers });
    }
    case 'call_ended':
      if (!standing.calls.includes(event.callKey)) return failure('unknown_call');
      return success(
        afterwards({
          ...standing,
          calls: without(standing.calls, event.callKey),
          wrapUps: event.owesWrapUp ? withKey(standing.wrapUps, event.callKey) : standing.wrapUps,
        }),
      );
    case 'wrap_up_completed':
      if (!standing.wrapUps.includes(event.callKey)) return failure('unknown_call');
      return success(
        afterwards({ ...standing, wrapUps: without(standing.wrapUps, event.callKey) }),
      );
  }
};
