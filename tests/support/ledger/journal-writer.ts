import { writeSync } from 'node:fs';
import { createBodyCipher } from '../../../src/main/journal/body-cipher.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import { seededRandom } from '../seeded-random.ts';
import { factAt, writerAgentId } from './journal-writing.ts';

/**
 * Writes a journal until it is killed. `w N`: fact N is promised. `s N`: it may leave the journal from now on, as if
 * the backend had taken it. What was read at the start is told first: `r N …`, then `ready`.
 */

const [path = '', seed = '0', from = '1'] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const say = (text: string): void => {
  writeSync(1, `${text}\n`);
};

const journal = openJournal(path, createBodyCipher(new Uint8Array(32).fill(7)), Date.now());
if (journal.problem() !== null || journal.movedTo !== null) {
  say(`problem ${String(journal.problem() ?? journal.movedTo)}`);
  process.exit(1);
}
say('ready');
for (let index = Number(from); ; index += 1) {
  const body = factAt(index);
  const entry = {
    agentId: writerAgentId,
    facts: [body],
    drafts: [],
    writtenAt: index,
    offsetMs: 0,
  };
  const written = journal.append(entry);
  if (!written.ok) throw new Error(written.why);
  say(`w ${String(index)}`);
  if (random() < 0.1) {
    const events = journal.waitingOf(writerAgentId, 1 + Math.floor(random() * 20));
    for (const event of events) say(`s ${String(event.body.fact.at)}`);
    journal.settle({ stored: events.map(({ id }) => id), refused: [] }, index);
  }
  if (random() < 0.05) await new Promise((done) => setTimeout(done, random() * 5));
}
