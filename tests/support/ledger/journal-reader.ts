import { DatabaseSync } from '@photostructure/sqlite';
import { createBodyCipher } from '../../../src/main/journal/body-cipher.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { KeptJournal } from './journal-writing.ts';
import { writerAgentId } from './journal-writing.ts';

/** Opens the journal that a writer left, as the program's next start does, and says what it holds. */

const [path = ''] = process.argv.slice(2);
const journal = openJournal(path, createBodyCipher(new Uint8Array(32).fill(7)), Date.now());
const events = journal.waitingOf(writerAgentId, Number.MAX_SAFE_INTEGER);
const database = new DatabaseSync(path);
const check = database.prepare('PRAGMA integrity_check').get() as { integrity_check: string };
const last = database.prepare(`SELECT value FROM meta WHERE key = 'lastSeq'`).get() as
  { value: string } | undefined;
const kept: KeptJournal = {
  problem: journal.problem() ?? (journal.movedTo === null ? null : 'it could not be read'),
  events: events.map(({ seq, body }) => [seq, body.fact.at]),
  lastSeq: Number(last?.value ?? 0),
  integrity: check.integrity_check,
};
process.stdout.write(JSON.stringify(kept));
process.exit(0);
