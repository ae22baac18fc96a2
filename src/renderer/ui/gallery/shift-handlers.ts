import type { AdherenceException } from '../../../shared/api/shifts.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { askedOf, shiftDayOf, waitingAt } from './shift.ts';

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

const done = { ok: true, value: null } as const;

/** Answers about the shift; what is asked to be excused is with the supervisor from then on. */
export const shiftHandlersOf = (
  bridge: MemoryBridge,
  now: () => number,
): Pick<Handlers, Extract<keyof Handlers, `shift.${string}`>> => {
  const asked: AdherenceException[] = [];
  let waiting = waitingAt(now());
  return {
    'shift.refresh': () => done,
    'shift.dismiss': () => {
      bridge.changeDesk({ shiftReminder: null });
      return done;
    },
    'shift.day': () =>
      bridge.desk().backend.state === 'connected'
        ? { ok: true, value: shiftDayOf(now(), bridge.desk().shift, asked) }
        : { ok: false, why: { code: 'backend_away', detail: '' } },
    'shift.asked': () => ({ ok: true, value: waiting }),
    'shift.decide': ({ exceptionId, state, note = '' }) => {
      const found = waiting.find(({ id }) => id === exceptionId);
      if (found === undefined) return { ok: false, why: { code: 'not_found', detail: '' } };
      waiting = waiting.filter(({ id }) => id !== exceptionId);
      const decided = { state, decidedAt: now(), decidedBy: 'Rosa Meyer', answer: note };
      return { ok: true, value: { ...found, ...decided } };
    },
    'shift.askException': (given) => {
      const exception = askedOf(asked.length, given);
      asked.push(exception);
      return { ok: true, value: exception };
    },
  };
};
