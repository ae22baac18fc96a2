import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import type { Database } from '../../../src/backend/database/database.ts';
import { findAccountByUsername } from '../../../src/backend/modules/accounts/accounts-repository.ts';
import { isPassword } from '../../../src/backend/modules/accounts/password.ts';
import { showCentre } from '../../../src/backend/modules/centre/show-centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

const label = { en: 'Claims', es: 'Siniestros', pt: 'Sinistros' };
const centre = {
  missesBeforeNotReady: 2,
  payment: {
    limitSeconds: 240,
    warnSeconds: 30,
    keypadDigits: 6,
    quietSeconds: 10,
    pages: ['https://pay.example/terminal', 'https://crm.example/*/payment'],
  },
  place: 'PT',
  shiftCheck: { condition: 'done', keepDays: 30 },
  lineEvidence: { keepDays: 100 },
  callBacks: { maximumAttempts: 2, keepDays: 60 },
  outbox: { keepDays: 50 },
  teams: [{ name: 'north', label, place: 'ES', shiftCheck: 'passed' }],
  queues: [
    {
      name: 'claims',
      label,
      targetHandleSeconds: 300,
      autoAnswer: true,
      serviceLevel: { targetSeconds: 30, shortAbandonSeconds: 10, repeatDays: 14 },
    },
  ],
  users: [
    {
      username: 'nadia',
      name: 'Nadia Sørensen',
      role: 'agent',
      extension: '2001',
      queues: ['claims'],
      team: 'north',
      place: 'US-TX',
      active: true,
    },
  ],
  notReadyReasons: [
    {
      code: 'lunch',
      label,
      paid: false,
      maximumMinutes: 45,
      roles: ['agent'],
      teams: ['north'],
      active: true,
    },
  ],
  wrapUpCodes: [{ code: 'settled', label, queue: 'claims', active: true }],
};

const forWest = { code: 'nap', label, teams: ['west'] };

let server: DatabaseServer;
let folder: string;

beforeAll(async () => {
  server = await startDatabaseServer(() => Promise.resolve());
  folder = await mkdtemp(join(tmpdir(), 'ringside-centre-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** The command as an administrator gives it. */
const command = (
  databaseUrl: string,
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number | null; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/centre.ts', ...args], {
      cwd: repositoryDirectory,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
    child.stdin.end(input);
  });

const fileOf = async (content: object): Promise<string> => {
  const path = join(folder, 'centre.json');
  await writeFile(path, JSON.stringify(content));
  return path;
};

const passwordFits = async (database: Database, password: string): Promise<boolean> => {
  const account = await findAccountByUsername(database, 'nadia');
  return account !== null && isPassword(password, account.passwordHash);
};

test('a centre is made from a file, shown as it was written, and its people sign in with their password', async () => {
  const { url, database } = await server.fresh();
  const applied = await command(url, ['apply', await fileOf(centre)]);
  expect(applied).toMatchObject({ code: 0 });
  expect(applied.output).toContain('nadia is new');
  expect(await showCentre(database)).toEqual(centre);
  const short = await command(url, ['password', 'nadia'], 'short\n');
  expect(short).toMatchObject({ code: 1 });
  const done = await command(url, ['password', 'Nadia'], 'a long enough one\n');
  expect(done).toMatchObject({ code: 0 });
  expect(done.output).not.toContain('long enough');
  expect(await passwordFits(database, 'a long enough one')).toBe(true);

  // Applied again with changes: the password and what is not mentioned stay.
  const [nadia] = centre.users;
  const again = await command(url, [
    'apply',
    await fileOf({ users: [{ ...nadia, extension: '2002', queues: [] }] }),
  ]);
  expect(again).toMatchObject({ code: 0 });
  expect(await showCentre(database)).toEqual({
    ...centre,
    users: [{ ...nadia, extension: '2002', queues: [] }],
  });
  expect(await passwordFits(database, 'a long enough one')).toBe(true);
});

test('a file that contradicts itself or the database changes nothing, and says what is wrong', async () => {
  const { url, database } = await server.fresh();
  await command(url, ['apply', await fileOf(centre)]);
  const [nadia] = centre.users;
  const stranger = { ...nadia, username: 'otto', queues: ['sales'] };
  const wrong = await command(url, [
    'apply',
    await fileOf({ ...centre, notReadyReasons: [], users: [{ ...stranger, extension: '2009' }] }),
  ]);
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.output).toContain('"otto" serves "sales", which is no queue');
  const west = await command(url, [
    'apply',
    await fileOf({ users: [{ ...nadia, team: 'west' }], notReadyReasons: [forWest] }),
  ]);
  expect(west).toMatchObject({ code: 1 });
  expect(west.output).toMatch(/"nadia" is of "west".*"nap" is for "west", which is no team/su);
  const taken = await command(url, [
    'apply',
    await fileOf({ users: [{ ...stranger, queues: [] }] }),
  ]);
  expect(taken.output).toContain('the extension 2001 of "otto" is that of "nadia"');
  expect(await showCentre(database)).toEqual(centre);
});
