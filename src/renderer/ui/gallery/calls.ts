import type { Call } from '../../../shared/domain/call/call.ts';
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

export const dialing = (now: number): Call =>
  after(
    dialedCall({
      callId: uuid(340),
      callKey: 'demo-40',
      remote: { number: '+351220145903', name: '' },
      stamp: stampAt(now - 4_000),
    }),
    { kind: 'remote_alerting', earlyMedia: false },
  );

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
): Call => after(call, { kind: 'ended', end, stamp: stampAt(at) });
