import type { MissedOffer } from '../../../shared/api/missed.ts';
import type { AgentView } from '../../../shared/api/records.ts';
import type { Call } from '../../../shared/domain/call/call.ts';
import { ended, ringing } from './calls.ts';
import { ready } from './desk-fixture.ts';
import { uuid } from './people.ts';
import type { Scene } from './scene-makers.ts';

/** Calls that nobody took here, with what each was due to. */

const rungOut = (now: number, n: number, from: { number: string; name: string }): Call =>
  ended(ringing(now, n, from), now - 1_000, {
    side: 'system',
    outcome: 'no_answer',
    sipCode: 487,
    cause: 19,
  });

const missOf = (call: Call, at: number, part: Partial<MissedOffer>): MissedOffer => ({
  id: uuid(980 + Number(call.callKey.slice(-1))),
  ...{ callKey: call.callKey, contactId: uuid(990), queue: call.queue, at },
  ...{ who: call.remote.name, number: call.remote.number },
  ...{ cause: 'not_answered', counted: true, note: '' },
  ...part,
});

const notReady = (now: number, reason: string): AgentView => ({
  ...ready(now),
  state: { state: 'not_ready', reason },
  since: now - 3_000,
});

const today = (missed: number, missedTechnical: number) => ({
  ...{ contacts: 23, handleMs: 23 * 252_000, targetHandleMs: 300_000 },
  ...{ missed, missedTechnical },
});

const sofia = { number: '+351912004118', name: 'Sofia Duarte' };
const kwame = { number: '+233302123456', name: 'Kwame Mensah' };

export const missedScenes = {
  /** Once let ring, and still in the queues. */
  'missed-once': (now) => {
    const call = rungOut(now, 5, sofia);
    return {
      desk: { agent: ready(now), today: today(2, 1), missed: [missOf(call, now - 1_000, {})] },
      phone: { calls: [call] },
    };
  },
  /** By no doing of the agent's, one of them with a word of hers. */
  'missed-technical': (now) => {
    const [first, second] = [rungOut(now, 5, sofia), rungOut(now, 6, kwame)];
    return {
      desk: {
        agent: notReady(now, 'unreachable'),
        today: today(1, 2),
        missed: [
          missOf(second, now - 1_000, { cause: 'inaudible', counted: false }),
          missOf(first, now - 240_000, {
            ...{ cause: 'asleep', counted: false },
            note: 'The lid was shut while I changed desks.',
          }),
        ],
      },
      phone: { calls: [first, second] },
    };
  },
} as const satisfies Record<string, (now: number) => Scene>;
