import type { Call, Transfer } from '../../../shared/domain/call/call.ts';
import {
  callTransition,
  dialedCall,
  offeredCall,
  type CallEvent,
} from '../../../shared/domain/call/call.ts';
import { uuid } from './people.ts';

/** Calls made by the same rules as real ones. */

let lastId = 700;
const stampAt = (at: number) => {
  lastId += 1;
  return { id: uuid(lastId), at };
};

const after = (call: Call, ...events: readonly CallEvent[]): Call =>
  events.reduce((state, event) => {
    const next = callTransition(state, event);
    if (!next.ok) throw new Error(`${event.kind} is refused: ${next.why}`);
    return next.value;
  }, call);

const remote = { number: '+34963152208', name: 'PUERTO AZUL' };

export const ringing = (now: number, n = 1, from = remote): Call =>
  offeredCall({
    callId: uuid(300 + n),
    callKey: `demo-${String(n)}`,
    remote: from,
    queue: 'support',
    stamp: stampAt(now - 6_000),
  });

export const answered = (call: Call, at: number): Call =>
  after(call, { kind: 'answered', stamp: stampAt(at) }, { kind: 'confirmed' });

/** Some minutes in, once held. */
export const talking = (now: number, n = 1): Call => {
  const call = offeredCall({
    callId: uuid(300 + n),
    callKey: `demo-${String(n)}`,
    remote,
    queue: 'support',
    stamp: stampAt(now - 219_000),
  });
  return after(
    answered(call, now - 211_000),
    { kind: 'held', by: 'local', stamp: stampAt(now - 96_000) },
    { kind: 'resumed', by: 'local', stamp: stampAt(now - 61_000) },
  );
};

export const dialing = (now: number, number = '+351220145903'): Call =>
  after(
    dialedCall({
      callId: uuid(340),
      callKey: 'demo-40',
      remote: { number, name: '' },
      stamp: stampAt(now - 4_000),
    }),
    { kind: 'remote_alerting', earlyMedia: false },
  );

/** A colleague, dialled for the customer of this call; it rings there. */
export const consulting = (
  customer: Call,
  at: number,
  to: Call['remote'] = { number: '1002', name: 'Tom Okafor' },
): readonly [customer: Call, consult: Call] => [
  after(
    customer,
    { kind: 'held', by: 'local', stamp: stampAt(at) },
    { kind: 'consult_began', stamp: stampAt(at) },
  ),
  after(
    dialedCall({
      callId: uuid(350),
      callKey: customer.callKey,
      remote: to,
      consultFor: customer.callId,
      stamp: stampAt(at),
    }),
    { kind: 'remote_alerting', earlyMedia: false },
  ),
];

/** The colleague is asked no more. */
export const askedNoMore = (call: Call, at: number): Call =>
  after(call, { kind: 'consult_ended', stamp: stampAt(at) });

/** All together: nobody on hold, and the colleague asked no more. */
export const joined = (call: Call, at: number): Call => {
  const resumed =
    call.state === 'connected' && call.hold !== 'none' ? changed(call, 'resume', at) : call;
  const talking = call.facts.some((fact) => fact.kind === 'consult_began')
    ? askedNoMore(resumed, at)
    : resumed;
  return after(talking, { kind: 'conference_changed', conference: true });
};

export const parted = (call: Call): Call =>
  after(call, { kind: 'conference_changed', conference: false });

export const passing = (call: Call, transfer: Transfer): Call =>
  after(call, { kind: 'transfer_changed', transfer });

/** The far side is somebody else from now on. */
export const handedOver = (call: Call, to: Call['remote']): Call =>
  after(call, { kind: 'remote_changed', remote: to });

export const changed = (
  call: Call,
  kind: 'hold' | 'resume' | 'mute' | 'unmute',
  at: number,
): Call => {
  switch (kind) {
    case 'hold':
      return after(call, { kind: 'held', by: 'local', stamp: stampAt(at) });
    case 'resume':
      return after(call, { kind: 'resumed', by: 'local', stamp: stampAt(at) });
    case 'mute':
    case 'unmute':
      return after(call, { kind: 'mute_changed', muted: kind === 'mute' });
  }
};

export const ended = (
  call: Call,
  at: number,
  end: Extract<CallEvent, { kind: 'ended' }>['end'] = {
    side: 'remote',
    outcome: 'completed',
    sipCode: null,
    cause: 16,
  },
  released = true,
): Call => after(call, { kind: 'ended', end, released, stamp: stampAt(at) });
