import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { claimSeed } from './demo-repository.ts';

type Part = readonly [kind: string, start: string, end: string];

/** Somebody is at work from early to late, and the pauses of a team do not fall together. */
const shifts: Readonly<Record<string, readonly Part[]>> = {
  alice: [
    ['work', '08:00', '16:30'],
    ['break', '10:15', '10:30'],
    ['meal', '12:30', '13:00'],
  ],
  bruno: [
    ['work', '08:00', '16:30'],
    ['break', '10:30', '10:45'],
    ['meal', '13:00', '13:30'],
  ],
  carla: [
    ['work', '09:00', '17:30'],
    ['break', '11:00', '11:15'],
    ['meal', '13:30', '14:00'],
  ],
  diego: [
    ['work', '10:00', '18:30'],
    ['break', '12:00', '12:15'],
    ['meal', '14:30', '15:00'],
  ],
  esther: [
    ['work', '12:00', '20:30'],
    ['break', '14:15', '14:30'],
    ['meal', '16:30', '17:00'],
  ],
  felix: [
    ['work', '14:00', '22:30'],
    ['break', '16:15', '16:30'],
    ['meal', '19:00', '19:30'],
  ],
};

/** A Monday. */
const firstDay = '2024-01-01';

const csv = (): string =>
  [
    'agent,team,kind,start,end,repeats',
    ...Object.entries(shifts).flatMap(([agent, parts]) =>
      parts.map(([kind, start, end]) => `${agent},,${kind},${firstDay} ${start},${end},FREQ=DAILY`),
    ),
    `,north,meeting,${firstDay} 15:00,15:30,FREQ=WEEKLY;BYDAY=MO`,
    `,south,training,${firstDay} 17:00,18:00,FREQ=WEEKLY;BYDAY=WE`,
  ].join('\n');

/** Gives the people of the demo their shifts, once per database, in the demo's own zone. */
export const seedDemoShifts = async (
  database: Database,
  now: Now,
  mintId: MintId,
  timeZone: string,
): Promise<void> => {
  const isMine = await database.transaction((transaction) =>
    claimSeed(transaction, 'shifts', now()),
  );
  if (!isMine) return;
  const { importSchedule } = await import('../shifts/import/import-schedule.ts');
  await importSchedule(
    { name: 'demo', content: csv(), skipBad: true },
    {
      ...{ database, mintId, timeZone, now: now(), importedBy: null },
      mayPlan: () => Promise.resolve(true),
      onApplied: () => Promise.resolve(),
    },
  );
};
