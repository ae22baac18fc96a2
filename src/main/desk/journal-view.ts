import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { Journal } from '../journal/journal.ts';

/** What is sent at once has left by then; what has not is worth a word. */
const lateAfterMs = 5_000;
const probeEveryMs = 5_000;

export type JournalViewPorts = {
  readonly journal: Pick<Journal, 'counts' | 'problem' | 'probe'>;
  readonly monotonicMs: () => number;
  /** Something is to be shown that nothing else brings about. */
  readonly onChange: () => void;
};

/** The journal as the desk shows it. A timer runs only while something waits or cannot be written. */
export type JournalView = {
  readonly read: () => DeskSnapshot['journal'];
  /** The backend took something: whatever still waits has its time from now on. */
  readonly progressed: () => void;
  readonly stop: () => void;
};

export const createJournalView = (ports: JournalViewPorts): JournalView => {
  let waitingSince: number | null = null;
  let look: ReturnType<typeof setTimeout> | null = null;

  const lookLater = (afterMs: number): void => {
    look ??= setTimeout(() => {
      look = null;
      ports.journal.probe();
      ports.onChange();
    }, afterMs);
  };

  return {
    read: () => {
      const counts = ports.journal.counts();
      const problem = ports.journal.problem();
      const now = ports.monotonicMs();
      if (counts.waiting === 0) waitingSince = null;
      else waitingSince ??= now;
      const waitedMs = waitingSince === null ? 0 : now - waitingSince;
      const isLate = waitedMs >= lateAfterMs;
      if (counts.waiting > 0 && !isLate) lookLater(lateAfterMs - waitedMs);
      else if (problem !== null) lookLater(probeEveryMs);
      return { ...counts, late: isLate ? counts.waiting : 0, problem };
    },
    progressed: () => {
      waitingSince = null;
    },
    stop: () => {
      if (look !== null) clearTimeout(look);
    },
  };
};
