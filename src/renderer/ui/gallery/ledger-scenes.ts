import type { UiAnswer } from '../../../shared/ipc/contract.ts';
import type { Scene } from './scene-makers.ts';
import { uuid } from './people.ts';

const journal = { waiting: 0, late: 0, refused: 0, problem: null };

export const refusedEventsOf = (now: number): UiAnswer<'journal.refused'> => ({
  ok: true,
  value: [
    {
      id: uuid(910),
      kind: 'wrap_up_completed',
      at: now + 3 * 86_400_000,
      why: 'event/body/fact/at lies more than a day ahead',
      refusedAt: now - 120_000,
    },
    {
      id: uuid(911),
      kind: 'held',
      at: now - 3_600_000,
      why: 'this id was stored before with other content',
      refusedAt: now - 3_500_000,
    },
  ],
});

/** What waits, what was refused, and a disk that takes nothing. */
export const ledgerScenes = {
  'events-late': () => ({ desk: { journal: { ...journal, waiting: 3, late: 3 } } }),
  'events-refused': () => ({ desk: { journal: { ...journal, refused: 2 } } }),
  'disk-full': () => ({
    desk: { journal: { ...journal, waiting: 12, late: 12, problem: 'disk_full' } },
  }),
} as const satisfies Record<string, (now: number) => Scene>;
