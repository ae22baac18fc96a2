/**
 * A call that was promised for later, or a task that follows from a contact: scheduled -> due -> (offered -> taken) ->
 * calling -> attempted -> done, cancelled or exhausted. "Due" is what time alone makes of `scheduled`.
 *
 *   scheduled  offer: offered (a queue's that is due)   dial: calling   change, done, cancel: as said
 *   offered    take: taken (owned by whoever takes)     pass, lapse: scheduled, not to the same agent for a while
 *              withdraw: scheduled, as if never offered
 *   calling    answered: done   busy, no answer: attempted, or exhausted by the last that is allowed
 *   attempted  dial: calling    change: scheduled
 *   over       reopen, change: scheduled; a call that was answered may have been with the wrong person
 */

export const callBackKinds = ['call_back', 'follow_up'] as const;
export type CallBackKind = (typeof callBackKinds)[number];

export const callBackStates = [
  ...['scheduled', 'offered', 'taken', 'calling', 'attempted'],
  ...['done', 'cancelled', 'exhausted'],
] as const satisfies readonly CallBackState[];
export type CallBackState =
  | 'scheduled'
  | 'offered'
  | 'taken'
  | 'calling'
  | 'attempted'
  | 'done'
  | 'cancelled'
  /** As often tried as the centre allows, and nobody answered. */
  | 'exhausted';

/** What came of a call. `failed`: it did not reach the customer's line, which is nobody's attempt. */
export const attemptOutcomes = ['answered', 'busy', 'no_answer', 'failed'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

export type CallBackStanding =
  | { readonly state: 'scheduled' | 'taken' | 'attempted' }
  | { readonly state: 'offered'; readonly to: string; readonly until: number }
  | { readonly state: 'calling'; readonly callId: string }
  | { readonly state: 'done' | 'cancelled' | 'exhausted'; readonly at: number };

export type CallBack = {
  readonly kind: CallBackKind;
  /** Epoch ms. */
  readonly dueAt: number;
  /** Whose it is; null: the queue's. */
  readonly owner: string | null;
  /** Whose rules its calls follow; null: nobody's. */
  readonly queue: string | null;
  /** Calls that reached the customer's line. */
  readonly attempts: number;
  /** Who let it pass, and when that last happened (epoch ms). */
  readonly passed: readonly string[];
  readonly passedAt: number | null;
  readonly standing: CallBackStanding;
};

export type CallBackEvent =
  | { readonly kind: 'offer'; readonly to: string; readonly at: number }
  | { readonly kind: 'take' | 'pass'; readonly by: string; readonly at: number }
  /** The agent is not ready any more. */
  | { readonly kind: 'withdraw' }
  /** Nobody said anything in time. */
  | { readonly kind: 'lapse'; readonly at: number }
  | { readonly kind: 'dial'; readonly by: string; readonly callId: string }
  | {
      readonly kind: 'call_over';
      readonly callId: string;
      readonly outcome: AttemptOutcome;
      readonly maximum: number;
      readonly at: number;
    }
  /** Other words, another time or another owner: scheduled anew. */
  | { readonly kind: 'change'; readonly dueAt: number; readonly owner: string | null }
  | { readonly kind: 'finish' | 'cancel'; readonly at: number }
  | { readonly kind: 'reopen'; readonly at: number };

export type CallBackRefusal =
  | 'over'
  | 'not_over'
  | 'not_due'
  | 'not_offered'
  | 'offered_to_other'
  | 'has_owner'
  | 'let_pass'
  | 'follow_up';

type Next =
  | { readonly ok: true; readonly callBack: CallBack }
  | { readonly ok: false; readonly why: CallBackRefusal };

/** How long somebody has to take what is offered. */
export const offerMs = 30_000;
/** Who let it pass is asked again after this, if nobody took it. */
export const roundMs = 10 * 60_000;

export const isOver = ({ standing }: Pick<CallBack, 'standing'>): boolean =>
  standing.state === 'done' || standing.state === 'cancelled' || standing.state === 'exhausted';

export const isDue = (callBack: Pick<CallBack, 'standing' | 'dueAt'>, now: number): boolean =>
  !isOver(callBack) && callBack.dueAt <= now;

/** Whether this agent may be asked (again). */
export const mayBeOffered = (
  { passed, passedAt }: Pick<CallBack, 'passed' | 'passedAt'>,
  agentId: string,
  now: number,
): boolean => !passed.includes(agentId) || passedAt === null || now - passedAt >= roundMs;

const not = (why: CallBackRefusal): Next => ({ ok: false, why });

const nobody = { passed: [], passedAt: null } as const;

const letPass = (callBack: CallBack, by: string, at: number): CallBack => {
  const isNewRound = callBack.passedAt !== null && at - callBack.passedAt >= roundMs;
  const before = isNewRound ? [] : callBack.passed.filter((agentId) => agentId !== by);
  return {
    ...callBack,
    passed: [...before, by],
    passedAt: at,
    standing: { state: 'scheduled' },
  };
};

const afterCall = (
  callBack: CallBack,
  { callId, outcome, maximum, at }: Extract<CallBackEvent, { readonly kind: 'call_over' }>,
): CallBack => {
  const attempts = callBack.attempts + (outcome === 'failed' ? 0 : 1);
  const counted = { ...callBack, attempts };
  if (callBack.standing.state !== 'calling' || callBack.standing.callId !== callId) return counted;
  if (outcome === 'answered') return { ...counted, standing: { state: 'done', at } };
  if (attempts >= maximum) return { ...counted, standing: { state: 'exhausted', at } };
  return { ...counted, standing: { state: 'attempted' } };
};

const offer = (callBack: CallBack, to: string, at: number): Next => {
  if (callBack.kind === 'follow_up') return not('follow_up');
  if (callBack.owner !== null) return not('has_owner');
  if (isOver(callBack)) return not('over');
  if (callBack.standing.state !== 'scheduled') return not('offered_to_other');
  if (callBack.dueAt > at) return not('not_due');
  if (!mayBeOffered(callBack, to, at)) return not('let_pass');
  const standing = { state: 'offered', to, until: at + offerMs } as const;
  return { ok: true, callBack: { ...callBack, standing } };
};

const answerOffer = (callBack: CallBack, kind: 'take' | 'pass', by: string, at: number): Next => {
  const { standing } = callBack;
  if (standing.state !== 'offered') return not('not_offered');
  if (standing.to !== by) return not('offered_to_other');
  return {
    ok: true,
    callBack:
      kind === 'pass'
        ? letPass(callBack, by, at)
        : { ...callBack, ...nobody, owner: by, standing: { state: 'taken' } },
  };
};

const dial = (callBack: CallBack, by: string, callId: string): Next => {
  if (callBack.kind === 'follow_up') return not('follow_up');
  // The call is made: what it comes to is kept, and moves nothing that is over.
  if (isOver(callBack)) return { ok: true, callBack };
  if (callBack.standing.state === 'offered' && callBack.standing.to !== by) {
    return not('offered_to_other');
  }
  return {
    ok: true,
    callBack: {
      ...callBack,
      ...nobody,
      owner: callBack.owner ?? by,
      standing: { state: 'calling', callId },
    },
  };
};

/** Total; never throws. */
export const callBackTransition = (callBack: CallBack, event: CallBackEvent): Next => {
  const { standing } = callBack;
  const next = (part: Partial<CallBack>): Next => ({
    ok: true,
    callBack: { ...callBack, ...part },
  });
  switch (event.kind) {
    case 'offer':
      return offer(callBack, event.to, event.at);
    case 'take':
    case 'pass':
      return answerOffer(callBack, event.kind, event.by, event.at);
    case 'withdraw':
      return standing.state === 'offered'
        ? next({ standing: { state: 'scheduled' } })
        : not('not_offered');
    case 'lapse':
      if (standing.state !== 'offered' || standing.until > event.at) return not('not_offered');
      return { ok: true, callBack: letPass(callBack, standing.to, event.at) };
    case 'dial':
      return dial(callBack, event.by, event.callId);
    case 'call_over':
      return { ok: true, callBack: afterCall(callBack, event) };
    case 'change':
      return next({
        ...nobody,
        dueAt: event.dueAt,
        owner: event.owner,
        standing: { state: 'scheduled' },
      });
    case 'finish':
    case 'cancel':
      if (isOver(callBack)) return not('over');
      return next({
        ...nobody,
        standing: { state: event.kind === 'finish' ? 'done' : 'cancelled', at: event.at },
      });
    case 'reopen':
      return isOver(callBack)
        ? next({ dueAt: event.at, standing: { state: 'scheduled' } })
        : not('not_over');
  }
};

/** What a leg that ended says of the attempt. */
export const attemptOutcomeOf = (outcome: string, wasAnswered: boolean): AttemptOutcome => {
  if (wasAnswered) return 'answered';
  switch (outcome) {
    case 'busy':
    // The customer pressed the call away.
    case 'rejected':
      return 'busy';
    case 'no_answer':
    // The agent rang for as long as seemed right.
    case 'cancelled':
      return 'no_answer';
    default:
      return 'failed';
  }
};
