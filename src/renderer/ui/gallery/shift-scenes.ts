import type { Scene } from './scene-makers.ts';
import { shiftOf } from './shift.ts';
import { supervisorSession } from './supervision-scenes.ts';

const minuteMs = 60_000;

/** Shifts: what is next, a reminder, a break that runs, and another zone. */
export const shiftScenes = {
  shift: (now) => ({ desk: { shift: shiftOf(now) } }),
  'shift-reminder': (now) => {
    const shift = shiftOf(now, minuteMs);
    const at = shift.plan.find(({ kind }) => kind === 'break')?.startsAt ?? now;
    return { desk: { shift, shiftReminder: { kind: 'break', label: '', at } } };
  },
  'shift-break': (now) => ({
    desk: {
      shift: shiftOf(now, -6 * minuteMs),
      agent: {
        state: { state: 'not_ready', reason: 'break' },
        since: now - 6 * minuteMs,
        doNotDisturb: false,
        revision: 5,
      },
    },
  }),
  'shift-asked': (now) => ({ desk: { session: supervisorSession(now), shift: shiftOf(now) } }),
  'shift-elsewhere': (now) => ({
    desk: { shift: { ...shiftOf(now), zone: 'Pacific/Kiritimati' } },
  }),
} as const satisfies Record<string, (now: number) => Scene>;
