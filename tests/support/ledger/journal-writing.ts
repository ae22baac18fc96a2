import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { JournalFact } from '../../../src/shared/api/events.ts';

export const writerAgentId = '0193aaaa-0000-7000-8000-00000000000a';
const callId = '0193aaaa-0000-7000-8000-00000000000c';

/** Fact number `index`; the number can be read back from its time. */
export const factAt = (index: number): JournalFact => ({
  topic: 'ledger',
  fact: {
    kind: 'held',
    id: `0193aaaa-0000-7000-8000-${String(index).padStart(12, '0')}`,
    callId,
    callKey: 'k',
    at: index,
  },
});

const writer = join(import.meta.dirname, 'journal-writer.ts');

/** What a writer said before it died. */
export type Promised = {
  readonly written: Set<number>;
  /** May have left the journal. */
  readonly settled: Set<number>;
};

/** Starts a writer; `heard` resolves once it has been killed and everything that it said was read. */
export const startWriter = async (
  path: string,
  seed: number,
  promised: Promised,
): Promise<{ readonly child: ChildProcess; readonly heard: Promise<void> }> => {
  const from = Math.max(0, ...promised.written) + 1_000;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', writer, path, String(seed), String(from)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((done, fail) => {
    lines.on('line', (line) => {
      const [word, number] = line.split(' ');
      if (word === 'ready') done();
      else if (word === 'w') promised.written.add(Number(number));
      else if (word === 's') promised.settled.add(Number(number));
      else said += line;
    });
    lines.on('close', () => fail(new Error(`the writer ended: ${said}`)));
  });
  const heard = Promise.all([once(lines, 'close'), once(child, 'exit')]).then(() => undefined);
  await ready;
  return { child, heard };
};

export type KeptJournal = {
  readonly problem: string | null;
  /** Number and fact of each event. */
  readonly events: readonly (readonly [seq: number, index: number])[];
  readonly lastSeq: number;
  readonly integrity: string;
};

const reader = join(import.meta.dirname, 'journal-reader.ts');

/** What of the journal at `path` is not as it was promised. */
export const flawsOfJournal = (path: string, { written, settled }: Promised): readonly string[] => {
  const read = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', reader, path],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (read.status !== 0) return [`it does not open: ${read.stderr}`];
  const { problem, events, lastSeq, integrity } = JSON.parse(read.stdout) as KeptJournal;
  const flaws: string[] = [];
  if (problem !== null) flaws.push(problem);
  if (integrity !== 'ok') flaws.push(integrity);
  const kept = new Set(events.map(([, index]) => index));
  const seqs = events.map(([seq]) => seq);
  const lost = [...written].filter((index) => !kept.has(index) && !settled.has(index));
  if (lost.length > 0) flaws.push(`${String(lost.length)} promised events are lost`);
  if (new Set(seqs).size !== seqs.length) flaws.push('a number was given twice');
  if (Math.max(0, ...seqs) > lastSeq) flaws.push('the last number is behind');
  return flaws;
};
