import type { EvidenceFact } from '../../shared/api/evidence.ts';
import type { Journal } from '../journal/journal.ts';

/** Nothing follows these that would take them along. */
const standsAlone: readonly EvidenceFact['kind'][] = ['desk_span', 'shift_check', 'proof'];

/** On the disk when it returns, or lost with a word in the log: a call must not wait for it. */
export const createEvidenceWriter =
  (
    journal: Pick<Journal, 'append'>,
    /** Server's clock, epoch ms, and the machine's own. */
    now: () => number,
    wallNow: () => number,
    onWritten: () => void,
    /** Sends what is written at once. */
    send: () => void,
  ) =>
  (agentId: string, facts: readonly EvidenceFact[]): void => {
    const writtenAt = wallNow();
    const written = journal.append({
      ...{ agentId, drafts: [], writtenAt, offsetMs: now() - writtenAt },
      facts: facts.map((fact) => ({ topic: 'evidence', fact })),
    });
    if (!written.ok) return;
    onWritten();
    // The end of a call follows at once, and takes along what is said of it.
    if (facts.some(({ kind }) => standsAlone.includes(kind))) send();
  };
