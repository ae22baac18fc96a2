import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, test } from 'vitest';
import type { JournalFact } from '../../shared/api/events.ts';
import type { KeptWriting } from '../../shared/ipc/deeds.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import { createBodyCipher } from './body-cipher.ts';
import { openJournal, type Journal } from './journal.ts';
import { keepWritingMs } from './writing-journal.ts';

const agentId = '0193aaaa-0000-7000-8000-00000000000a';
const callId = '0193aaaa-0000-7000-8000-00000000000c';
const cipher = createBodyCipher(new Uint8Array(32).fill(7));
const folder = (): string => mkdtempSync(join(tmpdir(), 'ringside-journal-'));
const open = (path: string, key = 7): Journal =>
  openJournal(path, createBodyCipher(new Uint8Array(32).fill(key)), 1);

const fact = (index: number): JournalFact => ({
  topic: 'ledger',
  fact: {
    kind: 'held',
    id: `0193aaaa-0000-7000-8000-${String(index).padStart(12, '0')}`,
    callId,
    callKey: 'k',
    at: index,
  },
});
const append = (journal: Journal, ...indexes: number[]) =>
  journal.append({ agentId, facts: indexes.map(fact), drafts: [], writtenAt: 1, offsetMs: 0 });
const seqs = (journal: Journal) => journal.waitingOf(agentId, 500).map((event) => event.seq);

const draft: WrapUpDraft = {
  callId,
  callKey: 'k',
  queue: 'support',
  remoteNumber: '+15550100',
  remoteName: 'Canary Customer',
  code: null,
  notes: 'canary card 4111111111111111',
  ended: false,
  facts: [],
};

test('events are numbered without a gap, across receipts and restarts', () => {
  const path = join(folder(), 'j.sqlite');
  const first = open(path);
  append(first, 1, 2);
  first.settle({ stored: [fact(1).fact.id, fact(2).fact.id], refused: [] }, 1);
  append(first, 3);
  const [event] = first.waitingOf(agentId, 500);
  first.close();
  const second = open(path);
  append(second, 4);
  expect(seqs(second)).toEqual([3, 4]);
  expect(second.waitingOf(agentId, 500)[0]).toEqual(event);
  expect(second.waitingOf(agentId, 500)[1]?.journalId).toBe(event?.journalId);
});

test('the same fact is never kept twice', () => {
  const journal = open(join(folder(), 'j.sqlite'));
  append(journal, 1);
  expect(append(journal, 2, 1).ok).toBe(false);
  expect(seqs(journal)).toEqual([1]);
  append(journal, 2);
  expect(seqs(journal)).toEqual([1, 2]);
});

test('a refused event is buried and shown, never dropped', () => {
  const journal = open(join(folder(), 'j.sqlite'));
  append(journal, 1, 2);
  journal.settle({ stored: [], refused: [{ id: fact(1).fact.id, why: 'another body' }] }, 1);
  expect(journal.counts()).toEqual({ waiting: 1, refused: 1 });
});

test('events of another agent wait for their own', () => {
  const journal = open(join(folder(), 'j.sqlite'));
  append(journal, 1);
  expect(journal.waitingOf('0193aaaa-0000-7000-8000-00000000000b', 500)).toEqual([]);
  expect(journal.counts().waiting).toBe(1);
});

test('nothing of a customer or of what was typed lies on the disk in clear', () => {
  const place = folder();
  const journal = open(join(place, 'j.sqlite'));
  journal.append({
    agentId,
    facts: [],
    drafts: [{ callId, draft }],
    writtenAt: 1,
    offsetMs: 0,
  });
  const bytes = readdirSync(place).map((name) => readFileSync(join(place, name), 'latin1'));
  expect(bytes.join('')).not.toMatch(/canary|Canary|4111|5550100/u);
  expect(journal.drafts()).toEqual([{ agentId, draft }]);
});

test('a file that is no journal is kept aside and a new one begun', () => {
  const place = folder();
  const path = join(place, 'j.sqlite');
  writeFileSync(path, 'no database '.repeat(1_000));
  const journal = open(path);
  expect(journal.problem()).toBeNull();
  expect(readFileSync(journal.movedTo ?? '', 'utf8')).toContain('no database');
  expect(append(journal, 1).ok).toBe(true);
});

test('a journal sealed with another key is kept aside', () => {
  const path = join(folder(), 'j.sqlite');
  const first = open(path);
  append(first, 1);
  first.close();
  const second = open(path, 8);
  expect(second.movedTo).not.toBeNull();
  expect(seqs(second)).toEqual([]);
});

test('where no file can be written it works in memory and says that nothing is promised', () => {
  const place = folder();
  mkdirSync(join(place, 'j.sqlite'));
  const journal = open(join(place, 'j.sqlite'));
  expect(journal.problem()).toBe('failed');
  expect(append(journal, 1).ok).toBe(true);
});

test('a full disk refuses the append, says so, and recovers when there is room', () => {
  const path = join(folder(), 'j.sqlite');
  const first = open(path);
  append(first, 1);
  first.close();
  // SQLite's own way to say that the medium is full.
  const limit = new DatabaseSync(path);
  const trigger = `CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`;
  limit.exec(trigger);
  const journal = open(path);
  expect(append(journal, 2)).toMatchObject({ ok: false });
  expect(journal.problem()).toBe('disk_full');
  limit.exec('DROP TRIGGER full');
  limit.close();
  expect(append(journal, 2).ok).toBe(true);
  expect(journal.problem()).toBeNull();
  expect(seqs(journal)).toEqual([1, 2]);
});

test('an event that nobody can read is put aside and holds up no other', () => {
  const path = join(folder(), 'j.sqlite');
  const journal = open(path);
  append(journal, 1, 2);
  const other = new DatabaseSync(path);
  other.prepare('UPDATE outbox SET body = ? WHERE seq = 1').run(cipher.seal('{"topic":"unheard"}'));
  other.close();
  expect(journal.waitingOf(agentId, 1)).toEqual([]);
  expect(seqs(journal)).toEqual([2]);
  expect(journal.refusedOf(agentId, 10)).toMatchObject([{ why: 'unreadable', body: null }]);
});

test('what was refused can be read again, by its own agent alone', () => {
  const journal = open(join(folder(), 'j.sqlite'));
  append(journal, 1, 2);
  journal.settle({ stored: [], refused: [{ id: fact(2).fact.id, why: 'another body' }] }, 5);
  expect(journal.refusedOf(agentId, 10)).toEqual([
    { id: fact(2).fact.id, why: 'another body', refusedAt: 5, body: fact(2) },
  ]);
  expect(journal.refusedOf('0193aaaa-0000-7000-8000-00000000000b', 10)).toEqual([]);
});

test('a copy of a profile numbers what is new under a journal and a device of its own', () => {
  const [place, elsewhere] = [folder(), folder()];
  const [first, second] = [join(place, 'j.sqlite'), join(elsewhere, 'j.sqlite')];
  const original = open(first);
  append(original, 1);
  const [waiting] = original.waitingOf(agentId, 10);
  original.close();
  cpSync(place, elsewhere, { recursive: true });
  const copy = open(second);
  append(copy, 2);
  const [old, fresh] = copy.waitingOf(agentId, 10);
  // Whoever sends it: it is stored once.
  expect(old).toEqual(waiting);
  expect(fresh?.seq).toBe(2);
  expect(fresh?.journalId).not.toBe(old?.journalId);
  expect(copy.deviceId).not.toBe(original.deviceId);
  const { deviceId } = copy;
  copy.close();
  const again = open(second);
  expect(again.deviceId).toBe(deviceId);
  expect(again.waitingOf(agentId, 10)).toEqual([old, fresh]);
  const untouched = open(first);
  expect([untouched.deviceId, untouched.waitingOf(agentId, 10)]).toEqual([
    original.deviceId,
    [waiting],
  ]);
});

test('another process that writes the journal keeps it; this one promises nothing', async () => {
  const path = join(folder(), 'j.sqlite');
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { openJournal } = await import(process.argv[1]);
       const { createBodyCipher } = await import(process.argv[2]);
       openJournal(process.argv[3], createBodyCipher(new Uint8Array(32).fill(7)), 1);
       process.stdout.write('open');
       setInterval(() => undefined, 1000);`,
      join(import.meta.dirname, 'journal.ts'),
      join(import.meta.dirname, 'body-cipher.ts'),
      path,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  expect(open(path).problem()).toBe('in_use');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(open(path).problem()).toBeNull();
});

const writer = `
  const { openJournal } = await import(process.argv[1]);
  const { createBodyCipher } = await import(process.argv[2]);
  const journal = openJournal(process.argv[3], createBodyCipher(new Uint8Array(32).fill(7)), 1);
  const start = Number(process.argv[4]);
  for (let index = start; ; index += 1) {
    const fact = { kind: 'held', id: '0193aaaa-0000-7000-8000-' + String(index).padStart(12, '0'), callId: '${callId}', callKey: 'k', at: index };
    const done = journal.append({ agentId: '${agentId}', facts: [{ topic: 'ledger', fact }], drafts: [], writtenAt: 1, offsetMs: 0 });
    if (done.ok) process.stdout.write(index + '\\n');
  }
`;

test(
  'whatever was acknowledged before kill -9 is there afterwards, in order',
  { timeout: 60_000 },
  async () => {
    const path = join(folder(), 'j.sqlite');
    let acknowledged = 0;
    for (let round = 0; round < 10; round += 1) {
      const child = spawn(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          writer,
          join(import.meta.dirname, 'journal.ts'),
          join(import.meta.dirname, 'body-cipher.ts'),
          path,
          String(acknowledged + 1_000 * round + 1),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let count = 0;
      const enough = 1 + Math.floor(Math.random() * 30);
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          count += chunk.toString().split('\n').length - 1;
          if (count >= enough) child.kill('SIGKILL');
        });
        child.stdout.on('end', resolve);
      });
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      acknowledged += count;
      const database = new DatabaseSync(path);
      const rows = database.prepare('SELECT seq FROM outbox ORDER BY seq').all() as {
        seq: number;
      }[];
      database.close();
      // The very last append may have reached the disk without its answer having reached us.
      expect(rows.length - acknowledged).toBeGreaterThanOrEqual(0);
      expect(rows.map((row) => row.seq)).toEqual(rows.map((_row, index) => index + 1));
      acknowledged = rows.length;
    }
    expect(openJournal(path, cipher, 1).problem()).toBeNull();
  },
);

const contactId = '0193aaaa-0000-7000-8000-00000000000d';
const writing: KeptWriting = {
  kind: 'ticket',
  contactId,
  draft: {
    ...{ key: callId, connectionId: null, ticket: null, isPublic: false },
    subject: 'Canary Customer',
    body: 'canary text',
  },
};

test('what was being written for another system comes back to its agent alone, and lies sealed', () => {
  const place = folder();
  const path = join(place, 'j.sqlite');
  const first = open(path);
  expect(first.writing.put(agentId, writing, 1).ok).toBe(true);
  const later = { ...writing, draft: { ...writing.draft, body: 'canary text, longer' } };
  expect(first.writing.put(agentId, later, 2).ok).toBe(true);
  for (const name of readdirSync(place)) {
    expect(readFileSync(join(place, name)).toString('latin1')).not.toMatch(/canary/iu);
  }
  first.close();
  const second = open(path);
  expect(second.writing.of('0193aaaa-0000-7000-8000-00000000000b', 3)).toEqual([]);
  expect(second.writing.of(agentId, 3)).toEqual([later]);
  second.writing.drop(agentId, { kind: 'note', contactId });
  expect(second.writing.of(agentId, 3)).toEqual([later]);
  second.writing.drop(agentId, { kind: 'ticket', contactId });
  expect(second.writing.of(agentId, 3)).toEqual([]);
});

test('what nobody sends within three days leaves the disk', () => {
  const journal = open(join(folder(), 'j.sqlite'));
  journal.writing.put(agentId, writing, 1);
  expect(journal.writing.of(agentId, keepWritingMs + 1)).toEqual([writing]);
  expect(journal.writing.of(agentId, keepWritingMs + 2)).toEqual([]);
  expect(journal.writing.of(agentId, 1)).toEqual([]);
});

test('a journal of before has room for it, and one sealed with another key is kept aside', () => {
  const path = join(folder(), 'j.sqlite');
  open(path).close();
  const database = new DatabaseSync(path);
  database.exec('DROP TABLE writing');
  database.close();
  const journal = open(path);
  expect(journal.movedTo).toBeNull();
  journal.writing.put(agentId, writing, 1);
  journal.close();
  expect(open(path, 8).movedTo).not.toBeNull();
});
