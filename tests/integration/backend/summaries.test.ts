import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/backend/database/database.ts';
import { createLog } from '../../../src/backend/log.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../../../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { createReportSheets } from '../../../src/backend/modules/reports/report-sheet.ts';
import { createReports } from '../../../src/backend/modules/reports/reports.ts';
import { createSummaries } from '../../../src/backend/modules/summaries/summaries.ts';
import {
  createMailer,
  type MailConfig,
} from '../../../src/backend/modules/summaries/summary-mail.ts';
import type { User } from '../../../src/shared/api/records.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { quietLog, startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

/** Summaries that go out by themselves, to a folder and to a mail server that is one. */

let server: DatabaseServer;
beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
});
afterAll(() => server.stop());
const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

/** A Monday. */
const monday = Date.parse('2026-03-30T07:00:00Z');
const sunday = Date.parse('2026-03-29T00:00:00Z');
const secret = 'pa55-w0rd-of-the-mail-server';
const admin: User = { ...people.admin, name: '' };

type Received = { readonly to: readonly string[]; readonly text: string };

/** Takes letters from whoever knows the secret; `refuses`: nobody's. */
const startMailServer = async () => {
  const received: Received[] = [];
  /** `wrong`: an address that it does not know. */
  const state = { refuses: false, wrong: '' };
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      if (!state.refuses && username === 'ringside' && password === secret) {
        done(null, { user: username });
      } else done(new Error(`no such user or password: ${password ?? ''}`));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (address === state.wrong) done(new Error('no such mailbox'));
      else done();
    },
    onData: (stream, session, done) => {
      let text = '';
      stream.on('data', (part: Buffer) => (text += part.toString('utf8')));
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    smtp.listen(0, '127.0.0.1', resolve);
  });
  cleanUp.push(
    () =>
      new Promise<void>((resolve) => {
        smtp.close(resolve);
      }),
  );
  // A TCP server has one.
  const { port } = smtp.server.address() as AddressInfo;
  const config: MailConfig = {
    url: `smtp://ringside:${secret}@127.0.0.1:${String(port)}`,
    from: 'Ringside <ringside@example.com>',
  };
  return { received, state, config };
};

const folderForTest = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-summaries-'));
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

const summariesOf = (
  database: Database,
  part: {
    readonly mail?: MailConfig;
    readonly folder?: string;
    readonly now?: () => number;
    readonly log?: typeof quietLog;
  },
) => {
  const now = part.now ?? (() => monday);
  const reports = createReports({ database, now, timeZone: 'UTC' });
  return createSummaries({
    ...{ database, now, timeZone: 'UTC', log: part.log ?? quietLog },
    sheets: createReportSheets({ database, reports, now, timeZone: 'UTC' }),
    mailer: part.mail === undefined ? null : createMailer(part.mail),
    folder: part.folder ?? '/nowhere',
  });
};

const apply = async (database: Database, summaries: readonly object[]) => {
  const read = readCentre(JSON.stringify({ summaries }));
  if (!read.ok) throw new Error(read.why.join('\n'));
  const applied = await applyCentre(database, read.value, () => people.alice.id);
  if (!applied.ok) throw new Error(applied.why.join('\n'));
};

/** Three who called support on Sunday: answered in time, answered late, and given up. */
const insertWaits = (database: Database) =>
  database.query(
    `INSERT INTO queue_waits (call_key, queue, entered_at, left_at, how, agent_id, target_ms, short_ms)
     VALUES ('a', 'support', $1::bigint, $1::bigint + 9000, 'answered', $2::uuid, 20000, 5000),
       ('b', 'support', $1::bigint, $1::bigint + 61000, 'answered', $2::uuid, 20000, 5000),
       ('c', 'support', $1::bigint, $1::bigint + 70000, 'abandoned', NULL, 20000, 5000)`,
    [sunday + 10 * 3_600_000, people.alice.id],
  );

const daily = {
  ...{ name: 'daily', every: 'day', at: '07:00', file: true },
  mail: ['rosa@example.com', 'tom@example.com'],
};

const freshDatabase = async (): Promise<Database> => {
  const { database } = await server.fresh();
  await insertWaits(database);
  return database;
};

test('the summary of the day before is sent to each recipient alone and written, once', async () => {
  const { received, config } = await startMailServer();
  const folder = await folderForTest();
  const database = await freshDatabase();
  await apply(database, [daily]);
  const one = summariesOf(database, { mail: config, folder });
  const other = summariesOf(database, { mail: config, folder });
  await Promise.all([one.run(), other.run(), one.run()]);
  expect(received.map(({ to }) => to).sort()).toEqual([['rosa@example.com'], ['tom@example.com']]);
  const [letter] = received;
  expect(letter?.text).toContain('Subject: Summary of the day');
  expect(letter?.text).toContain('March 29, 2026');
  expect(letter?.text).toMatch(/Service level: 33\.3%/u);
  expect(letter?.text).toContain('80%');
  expect(await readdir(folder)).toEqual(['daily-2026-03-29.html']);
  expect(await readFile(join(folder, 'daily-2026-03-29.html'), 'utf8')).toContain('support');
  expect((await one.list(admin)).summaries).toEqual([
    expect.objectContaining({
      ...{ name: 'daily', period: '2026-03-29', dueAt: monday, problem: '', doneAt: monday },
      wentTo: ['rosa@example.com', 'tom@example.com', 'daily-2026-03-29.html'],
    }),
  ]);
});

test('a mail server that refuses is asked again later, and its secret is in no log', async () => {
  const { received, state, config } = await startMailServer();
  const database = await freshDatabase();
  await apply(database, [{ ...daily, file: false }]);
  const logged: string[] = [];
  const log = createLog('debug', { write: (line: string) => void logged.push(line) });
  let at = monday;
  const summaries = summariesOf(database, { mail: config, now: () => at, log });
  state.refuses = true;
  await summaries.run();
  const [tried] = (await summaries.list(admin)).summaries;
  expect(tried).toMatchObject({
    doneAt: null,
    problem: expect.stringMatching(/EAUTH 535/u) as string,
  });
  state.refuses = false;
  await summaries.run();
  expect(received).toEqual([]);
  at += 61_000;
  await summaries.run();
  expect(received).toHaveLength(2);
  const everything = [...logged, JSON.stringify(await database.query('SELECT * FROM summaries'))];
  expect(everything.length).toBeGreaterThan(2);
  expect(everything.join('\n')).not.toContain(secret);
});

test('an address that is refused keeps nothing from the others, who get no second letter', async () => {
  const { received, state, config } = await startMailServer();
  const database = await freshDatabase();
  await apply(database, [{ ...daily, file: false }]);
  let at = monday;
  const summaries = summariesOf(database, { mail: config, now: () => at });
  state.wrong = 'tom@example.com';
  await summaries.run();
  expect((await summaries.list(admin)).summaries[0]).toMatchObject({
    ...{ doneAt: null, wentTo: ['rosa@example.com'] },
    problem: expect.stringContaining('EENVELOPE') as string,
  });
  state.wrong = '';
  at += 61_000;
  await summaries.run();
  expect(received.map(({ to }) => to)).toEqual([['rosa@example.com'], ['tom@example.com']]);
  expect((await summaries.list(admin)).summaries[0]?.doneAt).toBe(at);
});

test('a backend that died in the middle leaves the summary to the next one, when its time is over', async () => {
  const { received, config } = await startMailServer();
  const database = await freshDatabase();
  await apply(database, [{ ...daily, file: false, mail: ['rosa@example.com'] }]);
  await database.query(
    `INSERT INTO summaries (name, period, due_at, claimed_until) VALUES ('daily', '2026-03-29', $1::bigint, $1::bigint + 600000)`,
    [monday],
  );
  await summariesOf(database, { mail: config }).run();
  expect(received).toEqual([]);
  await summariesOf(database, { mail: config, now: () => monday + 600_000 }).run();
  expect(received).toHaveLength(1);
});

test('a weekly summary is of the week before, in its language, of one team; old news is not told', async () => {
  const folder = await folderForTest();
  const database = await freshDatabase();
  await database.query(
    `INSERT INTO teams (name, label, position) VALUES ('north', '{"en": "North"}', 0)`,
  );
  await database.query(`UPDATE users SET team = 'north' WHERE username = 'sofia'`);
  const weekly = { every: 'week', at: '06:00', file: true, language: 'es' };
  await apply(database, [
    { ...weekly, name: 'all_of_it' },
    { ...weekly, name: 'of_north', team: 'north' },
  ]);
  await summariesOf(database, { folder, now: () => monday + 5 * 86_400_000 }).run();
  expect(await readdir(folder)).toEqual([]);
  const summaries = summariesOf(database, { folder });
  await summaries.run();
  expect((await readdir(folder)).sort()).toEqual([
    'all_of_it-2026-03-23.html',
    'of_north-2026-03-23.html',
  ]);
  const everything = await readFile(join(folder, 'all_of_it-2026-03-23.html'), 'utf8');
  expect(everything).toContain('Resumen de la semana');
  expect(everything).toContain('support');
  // Nobody of that team serves a queue.
  const north = await readFile(join(folder, 'of_north-2026-03-23.html'), 'utf8');
  expect(north).not.toContain('support');
  const sofia: User = { ...people.sofia, name: '' };
  expect((await summaries.list(sofia)).summaries.map(({ name }) => name)).toEqual(['of_north']);
});

test('without a mail server it says so, and the file of a centre says what goes where', async () => {
  const database = await freshDatabase();
  await apply(database, [daily]);
  expect((await showCentre(database)).summaries).toEqual([daily]);
  const folder = await folderForTest();
  const summaries = summariesOf(database, { folder });
  await summaries.run();
  expect((await summaries.list(admin)).summaries[0]?.problem).toContain('RINGSIDE_SMTP_URL');
  const wrong = readCentre(
    JSON.stringify({ summaries: [{ name: 'x', every: 'day', at: '07:00' }, daily, daily] }),
  );
  expect(wrong).toEqual({
    ok: false,
    why: [
      'summaries: "x" goes nowhere: "mail" or "file" is needed',
      'summaries: "daily" is there twice',
    ],
  });
});
