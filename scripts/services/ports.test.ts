import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePorts, chooseRtpBlock } from './ports.ts';

let folder = '';
let memory = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-ports-'));
  memory = join(folder, 'ports.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the ports of the last run are taken again', async () => {
  const first = await choosePorts({ http: 'tcp', sip: 'udp' }, memory);
  expect(await choosePorts({ http: 'tcp', sip: 'udp' }, memory)).toEqual(first);
});

test('a port that somebody else has taken since is replaced', async () => {
  const { http } = await choosePorts({ http: 'tcp' }, memory);
  const other = createServer().listen(http, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const again = await choosePorts({ http: 'tcp' }, memory);
  other.close();
  expect(again.http).not.toBe(http);
});

test('a block of RTP ports begins at an even one', () => {
  const { start, end } = chooseRtpBlock(400);
  expect(start % 2).toBe(0);
  expect(end - start).toBe(399);
});
