import type { Result } from '../../result.ts';
import { failure, success } from '../../result.ts';
import type { CallFact, EndOutcome, EndSide, Rejection } from '../handle-time/fact.ts';

/** The far side as it presents itself. Untrusted text, cleaned by `remoteText` before it gets here. */
export type RemoteParty = { readonly number: string; readonly name: string };

/** Who holds: `local` is this agent (RFC 3264 §8.4). */
export type Hold = 'none' | 'local' | 'remote' | 'both';

export type CallEnd = {
  readonly side: EndSide;
  readonly outcome: EndOutcome;
  readonly sipCode: number | null;
  readonly cause: number | null;
  readonly rejection?: Rejection;
};

type CallBase = {
  readonly callId: string;
  readonly callKey: string;
  readonly direction: 'inbound' | 'outbound';
  readonly remote: RemoteParty;
  /** The queue that offered it; null for a direct or an outbound call. */
  readonly queue: string | null;
  /** The customer's leg that this one asks a colleague's advice for, or prepares a transfer of. */
  readonly consultFor: string | null;
  readonly facts: readonly CallFact[];
};

/**
 * A blind transfer on its way (RFC 3515): asked for, ringing at the target, or refused, the far side then being with us
 * still. One that succeeds ends the call as `transferred`.
 */
export type Transfer =
  | { readonly state: 'asked' | 'ringing'; readonly to: string }
  | { readonly state: 'failed'; readonly to: string; readonly sipCode: number | null };

/**
 * One call leg at this agent.
 *
 *   outbound:  dialing -> alerting -> answering -> connected -> ended
 *   inbound:   offered -> answering -> connected -> ended
 *
 * A transfer and a conference are of a connected call. Every state may go to `ended`; `ended` absorbs all.
 */
export type Call =
  /** INVITE sent, at most 100 received (RFC 3261 §13.2). */
  | (CallBase & { readonly state: 'dialing' })
  /** 18x received; early media when a 183 carried SDP (§13.2.2.1). */
  | (CallBase & { readonly state: 'alerting'; readonly earlyMedia: boolean })
  /** INVITE received, the agent has not decided (§13.3.1). */
  | (CallBase & { readonly state: 'offered' })
  /** 2xx sent or received, not yet confirmed (§13.2.2.4, §13.3.1.4). */
  | (CallBase & { readonly state: 'answering'; readonly answeredAt: number })
  | (CallBase & {
      readonly state: 'connected';
      readonly answeredAt: number;
      readonly hold: Hold;
      /** What is sent is silence; read from the sender, not from a wish. */
      readonly muted: boolean;
      readonly transfer: Transfer | null;
      /** Joined with the agent's other conferenced calls: everybody hears everybody. */
      readonly conference: boolean;
    })
  | (CallBase & {
      readonly state: 'ended';
      readonly endedAt: number;
      readonly end: CallEnd;
      /** The far side knows. False while our hang-up waits for the line to come back. */
      readonly released: boolean;
    });

export type CallState = Call['state'];

/** Names a fact that an event leaves behind: `id` is a UUIDv7, `at` epoch ms of the server's clock. */
export type Stamp = { readonly id: string; readonly at: number };

export type CallEvent =
  | { readonly kind: 'remote_alerting'; readonly earlyMedia: boolean }
  /** Inbound: our 2xx went out. Outbound: a 2xx came in. `automatic`: without a press. */
  | { readonly kind: 'answered'; readonly stamp: Stamp; readonly automatic?: true }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'held'; readonly by: 'local' | 'remote'; readonly stamp: Stamp }
  | { readonly kind: 'resumed'; readonly by: 'local' | 'remote'; readonly stamp: Stamp }
  | { readonly kind: 'mute_changed'; readonly muted: boolean }
  /** null: forgotten, as when the far side was resumed after a refusal. */
  | { readonly kind: 'transfer_changed'; readonly transfer: Transfer | null }
  | { readonly kind: 'conference_changed'; readonly conference: boolean }
  /** A colleague is asked for this customer's sake, or no longer. */
  | { readonly kind: 'consult_began' | 'consult_ended'; readonly stamp: Stamp }
  /** The far side is somebody else now: we were transferred to (RFC 3325, RFC 3891). */
  | { readonly kind: 'remote_changed'; readonly remote: RemoteParty }
  /** `released` false: our hang-up could not be sent yet; absent, the far side knows. */
  | {
      readonly kind: 'ended';
      readonly end: CallEnd;
      readonly released?: boolean;
      readonly stamp: Stamp;
    }
  | { readonly kind: 'released' };

export type CallEventKind = CallEvent['kind'];

/** Why an event changed nothing. `already`: the state holds what the event says. */
export type CallRefusal = 'already' | 'ended' | 'not_answered' | 'wrong_direction';

export type NewCall = Pick<CallBase, 'callId' | 'callKey' | 'remote'> & {
  readonly stamp: Stamp;
};

export const offeredCall = (call: NewCall & { readonly queue: string | null }): Call => ({
  state: 'offered',
  callId: call.callId,
  callKey: call.callKey,
  direction: 'inbound',
  remote: call.remote,
  queue: call.queue,
  consultFor: null,
  facts: [
    {
      kind: 'offered',
      ...call.stamp,
      callId: call.callId,
      callKey: call.callKey,
      queue: call.queue,
      remoteNumber: call.remote.number,
      remoteName: call.remote.name,
    },
  ],
});

export const dialedCall = (
  call: NewCall & {
    readonly consultFor?: string;
    readonly mailbox?: true;
    /** What is kept by it, and whose rules it follows. */
    readonly callBack?: { readonly id: string; readonly queue: string | null };
  },
): Call => ({
  state: 'dialing',
  callId: call.callId,
  callKey: call.callKey,
  direction: 'outbound',
  remote: call.remote,
  queue: call.callBack?.queue ?? null,
  consultFor: call.consultFor ?? null,
  facts: [
    {
      kind: 'dialed',
      ...call.stamp,
      callId: call.callId,
      callKey: call.callKey,
      remoteNumber: call.remote.number,
      ...(call.consultFor === undefined ? {} : { consultFor: call.consultFor }),
      ...(call.mailbox === undefined ? {} : { mailbox: call.mailbox }),
      ...(call.callBack === undefined ? {} : { callBackId: call.callBack.id }),
    },
  ],
});

const baseOf = (call: Call): CallBase => ({
  callId: call.callId,
  callKey: call.callKey,
  direction: call.direction,
  remote: call.remote,
  queue: call.queue,
  consultFor: call.consultFor,
  facts: call.facts,
});

const withFact = (
  call: Call,
  kind: 'answered' | 'held' | 'resumed' | 'consult_began' | 'consult_ended',
  stamp: Stamp,
  more: { readonly automatic?: true } = {},
): CallBase => {
  const fact: CallFact = { kind, ...stamp, callId: call.callId, callKey: call.callKey, ...more };
  return { ...baseOf(call), facts: [...call.facts, fact] };
};

const holdAdding = (hold: Hold, by: 'local' | 'remote'): Hold =>
  hold === 'none' || hold === by ? by : 'both';

const holdWithout = (hold: Hold, by: 'local' | 'remote'): Hold => {
  if (hold === 'both') return by === 'local' ? 'remote' : 'local';
  return hold === by ? 'none' : hold;
};

/**
 * The call's next state, or why the event changes nothing. Total: never throws, for any state and event. A hold by the
 * far side is shown and is talk time in the ledger; only the agent's own hold makes a hold segment.
 */
export const callTransition = (call: Call, event: CallEvent): Result<Call, CallRefusal> => {
  if (call.state === 'ended') {
    if (event.kind !== 'released') return failure('ended');
    return call.released ? failure('already') : success({ ...call, released: true });
  }
  switch (event.kind) {
    case 'remote_alerting':
      if (call.direction === 'inbound') return failure('wrong_direction');
      if (call.state === 'alerting' && (call.earlyMedia || !event.earlyMedia)) {
        return failure('already');
      }
      if (call.state !== 'dialing' && call.state !== 'alerting') return failure('already');
      return success({ ...baseOf(call), state: 'alerting', earlyMedia: event.earlyMedia });
    case 'answered':
      if (call.state === 'answering' || call.state === 'connected') return failure('already');
      return success({
        ...withFact(
          call,
          'answered',
          event.stamp,
          event.automatic === true ? { automatic: true } : {},
        ),
        state: 'answering',
        answeredAt: event.stamp.at,
      });
    case 'confirmed':
      if (call.state === 'connected') return failure('already');
      if (call.state !== 'answering') return failure('not_answered');
      return success({
        ...baseOf(call),
        state: 'connected',
        answeredAt: call.answeredAt,
        hold: 'none',
        muted: false,
        transfer: null,
        conference: false,
      });
    case 'held': {
      if (call.state !== 'connected') return failure('not_answered');
      const hold = holdAdding(call.hold, event.by);
      if (hold === call.hold) return failure('already');
      return success(
        event.by === 'local'
          ? { ...call, ...withFact(call, 'held', event.stamp), hold }
          : { ...call, hold },
      );
    }
    case 'resumed': {
      if (call.state !== 'connected') return failure('not_answered');
      const hold = holdWithout(call.hold, event.by);
      if (hold === call.hold) return failure('already');
      return success(
        event.by === 'local'
          ? { ...call, ...withFact(call, 'resumed', event.stamp), hold }
          : { ...call, hold },
      );
    }
    case 'mute_changed':
      if (call.state !== 'connected') return failure('not_answered');
      if (call.muted === event.muted) return failure('already');
      return success({ ...call, muted: event.muted });
    case 'transfer_changed':
      if (call.state !== 'connected') return failure('not_answered');
      if (call.transfer === event.transfer) return failure('already');
      return success({ ...call, transfer: event.transfer });
    case 'conference_changed':
      if (call.state !== 'connected') return failure('not_answered');
      if (call.conference === event.conference) return failure('already');
      return success({ ...call, conference: event.conference });
    case 'consult_began':
    case 'consult_ended': {
      if (call.state !== 'connected') return failure('not_answered');
      const isConsulting = consults(call);
      if (isConsulting === (event.kind === 'consult_began')) return failure('already');
      return success({ ...call, ...withFact(call, event.kind, event.stamp) });
    }
    case 'remote_changed': {
      const { remote } = event;
      if (remote.number === call.remote.number && remote.name === call.remote.name) {
        return failure('already');
      }
      return success({ ...call, remote });
    }
    case 'released':
      return failure('already');
    case 'ended': {
      const fact: CallFact = {
        kind: 'ended',
        ...event.stamp,
        callId: call.callId,
        callKey: call.callKey,
        ...event.end,
      };
      return success({
        ...baseOf(call),
        facts: [...call.facts, fact],
        state: 'ended',
        endedAt: event.stamp.at,
        end: event.end,
        released: event.released ?? true,
      });
    }
  }
};

/** Whether a colleague is asked for this call's sake now. */
export const consults = (call: Call): boolean =>
  call.facts.findLast((fact) => fact.kind === 'consult_began' || fact.kind === 'consult_ended')
    ?.kind === 'consult_began';

/** Whether a leg was ever answered. */
export const wasAnswered = (call: Call): boolean =>
  call.facts.some((fact) => fact.kind === 'answered');

/** From the answer on a leg owes its wrap-up, except one to a colleague: that is part of the customer's. */
export const owesWrapUp = (call: Call): boolean => wasAnswered(call) && call.consultFor === null;
