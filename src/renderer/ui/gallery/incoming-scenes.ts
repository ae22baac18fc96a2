import { callTransition, offeredCall, type Call } from '../../../shared/domain/call/call.ts';
import { ended, ringing, talking } from './calls.ts';
import { ready } from './desk-fixture.ts';
import { cardOf, uuid } from './people.ts';
import { engaged, exact, reserved, type Scene } from './scene-makers.ts';

/** Calls that come in by rules: refused unheard, rejected with a word, answered without a press. */

const direct = (now: number): Call =>
  offeredCall({
    callId: uuid(320),
    callKey: 'demo-20',
    remote: { number: '+34963152208', name: 'PUERTO AZUL' },
    queue: null,
    stamp: { id: uuid(760), at: now - 4_000 },
  });

/** At the instant at which the scene begins, so that the guard can be seen. */
const answeredByItself = (now: number): Call => {
  const answered = callTransition(ringing(now), {
    kind: 'answered',
    automatic: true,
    stamp: { id: uuid(761), at: now },
  });
  const confirmed = answered.ok ? callTransition(answered.value, { kind: 'confirmed' }) : answered;
  if (!confirmed.ok) throw new Error(confirmed.why);
  return confirmed.value;
};

const directCard = (now: number) =>
  cardOf(now, { callKey: 'demo-20', match: exact(now), queue: null, queuedAt: null });

export const incomingScenes = {
  'do-not-disturb': (now) => ({ desk: { agent: { ...ready(now), doNotDisturb: true } } }),
  'ringing-direct': (now) => ({
    desk: { agent: reserved(now, direct(now)), cards: [directCard(now)] },
    phone: { calls: [direct(now)] },
  }),
  'ringing-direct-second': (now) => ({
    desk: {
      agent: engaged(now, talking(now)),
      cards: [cardOf(now, { callKey: 'demo-1', match: exact(now) }), directCard(now)],
    },
    phone: { calls: [talking(now), direct(now)] },
  }),
  'just-answered': (now) => ({
    desk: {
      agent: engaged(now, ringing(now)),
      cards: [cardOf(now, { callKey: 'demo-1', match: exact(now) })],
    },
    phone: { calls: [answeredByItself(now)] },
  }),
  'to-call-back': (now) => ({
    phone: {
      calls: [
        ended(direct(now), now - 1_000, {
          ...{ side: 'local', outcome: 'rejected', sipCode: 480, cause: 21 },
          rejection: 'call_back',
        }),
      ],
    },
  }),
} as const satisfies Record<string, (now: number) => Scene>;
