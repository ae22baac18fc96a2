import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import { figureOf, ofPromise, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { createBodyCipher } from '../../../src/main/journal/body-cipher.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import { factAt, writerAgentId } from '../../support/ledger/journal-writing.ts';
import { quantile } from '../support/statistics.ts';

/** How long the desk waits for the disk with each step of a call; on the disk that the project lies on. */
export const measureJournalAppend: Measure = async ({ quick }) => {
  const appends = quick ? 200 : 2_000;
  progress(`${String(appends)} appends to the journal`);
  const folder = mkdtempSync(join(repositoryDirectory, '.cache', 'append-'));
  try {
    const journal = openJournal(
      join(folder, 'j.sqlite'),
      createBodyCipher(new Uint8Array(32).fill(7)),
      Date.now(),
    );
    const takenMs: number[] = [];
    for (let index = 1; index <= appends; index += 1) {
      const begunAt = performance.now();
      const written = journal.append({
        agentId: writerAgentId,
        facts: [factAt(index)],
        drafts: [],
        writtenAt: index,
        offsetMs: 0,
      });
      takenMs.push(performance.now() - begunAt);
      if (!written.ok) throw new Error(written.why);
      await new Promise((done) => setTimeout(done, 3));
    }
    journal.close();
    return [
      figureOf('journal append, p50', quantile(takenMs, 0.5), 'ms', appends),
      ofPromise(
        11,
        figureOf('journal append, p99', quantile(takenMs, 0.99), 'ms', appends, { atMost: 25 }),
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
