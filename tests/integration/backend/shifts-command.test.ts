import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import { makeCentre } from '../../support/centre.ts';
import { startDatabaseServer, type DatabaseServer } from '../../support/database.ts';

let server: DatabaseServer;
let folder: string;

beforeAll(async () => {
  server = await startDatabaseServer(makeCentre);
  folder = await mkdtemp(join(tmpdir(), 'ringside-shifts-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const command = (
  databaseUrl: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/shifts.ts', ...args], {
      cwd: repositoryDirectory,
      env: { ...process.env, DATABASE_URL: databaseUrl, RINGSIDE_TIME_ZONE: 'Europe/Madrid' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

test('a schedule is imported, shown and taken back at the command line, each wrong line named', async () => {
  const { database, url } = await server.fresh();
  const path = join(folder, 'week.csv');
  const lines = [
    'start,end,kind,repeats',
    '2026-11-23 09:00,17:00,work,FREQ=WEEKLY',
    '2026-11-23 25:00,17:00,work,',
  ];
  try {
    await writeFile(path, lines.join('\n'));
    const refused = await command(url, 'import', path, '--agent', 'alice');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.output).toMatch(/nothing changed[\s\S]*line 3: the start "2026-11-23 25:00"/u);

    const taken = await command(url, 'import', path, '--agent', 'alice', '--skip-bad');
    expect(taken).toMatchObject({ code: 0 });
    expect(taken.output).toMatch(/work: 1[\s\S]*left out, line 3/u);
    const [kept] = await database.query<{ readonly id: string; readonly zone: string }>(
      `SELECT i.id, e.zone FROM shift_imports i JOIN shift_entries e ON e.import_id = i.id`,
    );
    expect(kept?.zone).toBe('Europe/Madrid');

    const shown = await command(url, 'show');
    expect(shown.output).toMatch(/week\.csv {2}1 in force/u);
    expect(await command(url, 'remove', kept?.id ?? '')).toMatchObject({ code: 0 });
    expect(await database.query('SELECT FROM shift_entries')).toEqual([]);
  } finally {
    await database.close();
  }
});
