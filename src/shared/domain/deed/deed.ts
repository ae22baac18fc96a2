import { backOffMs } from '../../back-off.ts';

/**
 * Something that is to stand in another system, once: a call's log, a ticket, a note to one, an escalation.
 *
 *              claim      succeeded        failed                    lease_lost    news      retry    let_go     erase
 *   waiting    sending    -                -                         -             waiting   -        cancelled  cancelled
 *   sending    -          done, or waiting waiting: passing, held    waiting       sending   -        -          cancelled
 *                         where news came  dead: lasting, too long
 *   done       -          -                -                         -             waiting   -        -          done
 *   dead       -          -                -                         -             dead      waiting  cancelled  cancelled
 *   cancelled  -          cancelled        cancelled                 -             -         -        -          cancelled
 *
 * What is written carries the revision of its content. While the answer of an attempt is lost (`mayExist`), the same content is
 * sent again and none that is newer: whoever looks for the key finds the first, and cannot tell which of two it was.
 */
export const deedStates = ['waiting', 'sending', 'done', 'dead', 'cancelled'] as const;
export type DeedState = (typeof deedStates)[number];

export const deedKinds = ['call_log', 'ticket', 'ticket_note', 'escalation'] as const;
export type DeedKind = (typeof deedKinds)[number];

export type Deed = {
  readonly state: DeedState;
  /** Of the content that should stand there; the first is 0. */
  readonly wanted: number;
  /** Of the content that does; null: nothing is known to. */
  readonly done: number | null;
  /** Of the attempt that is under way, or whose answer was lost; null: there is none. */
  readonly attempt: number | null;
  readonly mayExist: boolean;
  /** That failed since it last went well, or since somebody asked for another try. */
  readonly attempts: number;
  /** Epoch ms; null: it does not fail. */
  readonly failingSince: number | null;
  /** While it waits: not before, epoch ms. */
  readonly nextAt: number;
};

/** What an attempt came to, as far as it decides what comes next. */
export type AttemptFailure = {
  /** `held`: the connection has to be put right first, which is no failure of this deed's. */
  readonly how: 'passing' | 'held' | 'lasting';
  readonly mayBeDone: boolean;
  readonly retryAfterMs?: number;
};

export type DeedEvent =
  | { readonly kind: 'claim'; readonly at: number }
  | { readonly kind: 'succeeded'; readonly at: number }
  | {
      readonly kind: 'failed';
      readonly at: number;
      readonly failure: AttemptFailure;
      /** In [0, 1). */
      readonly random: number;
    }
  /** Whoever sent it is gone without a word. */
  | { readonly kind: 'lease_lost'; readonly at: number }
  /** Its content is another now; to be sent at `dueAt`, unless it is backing off. */
  | { readonly kind: 'news'; readonly dueAt: number }
  | {
      readonly kind: 'retry';
      readonly at: number;
      /** Whoever asks for it has looked there, since nobody else can: what was lost did not arrive. */
      readonly isNotThere?: true;
    }
  | { readonly kind: 'let_go' }
  /** What it says is about somebody who is to be forgotten. */
  | { readonly kind: 'erase' };

/** A vendor that is out of order over a long weekend loses nothing. */
export const givesUpAfterMs = 72 * 3_600_000;
/** Some eighteen a day once the waits are at their longest; the time is over long before. */
export const mostAttempts = 500;
/** The first repetition after seconds, the later ones every quarter of an hour or so. */
export const retryLimits = { shortestMs: 1_000, firstMs: 5_000, longestMs: 900_000 } as const;

export const newDeed = (dueAt: number): Deed => ({
  state: 'waiting',
  wanted: 0,
  done: null,
  attempt: null,
  mayExist: false,
  attempts: 0,
  failingSince: null,
  nextAt: dueAt,
});

const claimed = (deed: Deed): Deed => ({
  ...deed,
  state: 'sending',
  attempt: deed.mayExist && deed.attempt !== null ? deed.attempt : deed.wanted,
});

const succeeded = (deed: Deed, at: number): Deed => {
  const done = deed.attempt ?? deed.wanted;
  const well = { done, attempt: null, mayExist: false, attempts: 0, failingSince: null };
  if (deed.state === 'cancelled') return { ...deed, ...well };
  return { ...deed, ...well, state: deed.wanted > done ? 'waiting' : 'done', nextAt: at };
};

/** After an attempt that did not go well: what is known of what it left there. */
const uncertain = (deed: Deed, mayBeDone: boolean): Deed => {
  const mayExist = deed.mayExist || mayBeDone;
  return { ...deed, mayExist, attempt: mayExist ? deed.attempt : null };
};

const later = (deed: Deed, at: number, retryAfterMs: number, random: number): Deed => {
  const attempts = deed.attempts + 1;
  const failingSince = deed.failingSince ?? at;
  const failing = { ...deed, attempts, failingSince };
  if (attempts >= mostAttempts || at - failingSince >= givesUpAfterMs) {
    return { ...failing, state: 'dead' };
  }
  const waitMs = Math.max(retryAfterMs, backOffMs(deed.attempts, retryLimits, random));
  return { ...failing, state: 'waiting', nextAt: at + waitMs };
};

const failed = (
  deed: Deed,
  { at, failure, random }: Extract<DeedEvent, { kind: 'failed' }>,
): Deed => {
  const known = uncertain(deed, failure.mayBeDone);
  if (deed.state === 'cancelled') return known;
  switch (failure.how) {
    case 'held':
      return { ...known, state: 'waiting', nextAt: at };
    case 'lasting':
      return {
        ...known,
        state: 'dead',
        attempts: deed.attempts + 1,
        failingSince: deed.failingSince ?? at,
      };
    case 'passing':
      return later(known, at, failure.retryAfterMs ?? 0, random);
  }
};

const withNews = (deed: Deed, dueAt: number): Deed => {
  // What was sent, or is being sent, has its revision for good.
  const used = Math.max(deed.attempt ?? -1, deed.done ?? -1);
  const wanted = Math.max(deed.wanted, used + 1);
  if (deed.state === 'sending' || deed.state === 'dead') return { ...deed, wanted };
  const isBackingOff = deed.state === 'waiting' && deed.attempts > 0;
  return { ...deed, wanted, state: 'waiting', nextAt: isBackingOff ? deed.nextAt : dueAt };
};

const retried = (deed: Deed, { at, isNotThere }: Extract<DeedEvent, { kind: 'retry' }>): Deed => ({
  ...deed,
  ...(isNotThere === true ? { mayExist: false, attempt: null } : {}),
  ...{ state: 'waiting', attempts: 0, failingSince: null, nextAt: at },
});

/** Total; never throws. What does not fit the state answers the same deed. */
export const deedTransition = (deed: Deed, event: DeedEvent): Deed => {
  const { state } = deed;
  switch (event.kind) {
    case 'claim':
      return state === 'waiting' && deed.nextAt <= event.at ? claimed(deed) : deed;
    case 'succeeded':
      return state === 'sending' || state === 'cancelled' ? succeeded(deed, event.at) : deed;
    case 'failed':
      return state === 'sending' || state === 'cancelled' ? failed(deed, event) : deed;
    case 'lease_lost':
      // What kills whoever sends it must not go round and round: it waits as after a failure.
      return state === 'sending' ? later({ ...deed, mayExist: true }, event.at, 0, 0.5) : deed;
    case 'news':
      return state === 'cancelled' ? deed : withNews(deed, event.dueAt);
    case 'retry':
      return state === 'dead' ? retried(deed, event) : deed;
    case 'let_go':
      return state === 'dead' || state === 'waiting' ? { ...deed, state: 'cancelled' } : deed;
    case 'erase':
      return state === 'done' ? deed : { ...deed, state: 'cancelled' };
  }
};
