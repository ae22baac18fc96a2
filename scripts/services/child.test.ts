import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from './child.ts';
import { isAlive } from './end-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-child-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const untilGone = async (pid: number): Promise<boolean> => {
  for (let waitedMs = 0; waitedMs < 5000; waitedMs += 50) {
    if (!isAlive(pid)) return true;
    await pause(50);
  }
  return false;
};

const stubborn = `
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1000);
  console.log('deaf now');
`;

test('a child that ignores the polite signal is ended by force', async () => {
  let hear: (line: string) => void = () => undefined;
  const heard = new Promise<string>((resolve) => (hear = resolve));
  const child = await startChild({
    name: 'stubborn',
    command: process.execPath,
    args: ['-e', stubborn],
    logFile: join(folder, 'log'),
    stopTimeoutMs: 100,
    onLine: (line) => hear(line),
  });
  expect(await heard).toBe('deaf now');
  expect(isAlive(child.pid)).toBe(true);
  await child.stop();
  expect(isAlive(child.pid)).toBe(false);
});

test('a program that does not exist is a clear failure', async () => {
  await expect(
    startChild({
      name: 'Nothing',
      command: join(folder, 'nothing'),
      args: [],
      logFile: join(folder, 'log'),
    }),
  ).rejects.toThrow('Nothing could not be started');
});

test('children end when the process that began them is killed without a word', async () => {
  const parentScript = join(folder, 'parent.ts');
  writeFileSync(
    parentScript,
    `import { startChild } from ${JSON.stringify(join(import.meta.dirname, 'child.ts'))};
     const child = await startChild({
       name: 'orphan', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'],
       logFile: ${JSON.stringify(join(folder, 'log'))}, stopTimeoutMs: 1000,
     });
     console.log(child.pid);
     setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [parentScript], { stdio: ['ignore', 'pipe', 'inherit'] });
  const orphan = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
  );
  expect(isAlive(orphan)).toBe(true);
  parent.kill('SIGKILL');
  expect(await untilGone(orphan)).toBe(true);
});
