import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { forget, launchApp, waitFor, type AppUnderTest } from './support/app-under-test.ts';
import { endedCall, report, signIn, talkingCall, test } from './support/desk-under-test.ts';

type Answer = { readonly body: string | Buffer; readonly cutAt?: number };

/** A feed as `electron-builder` writes it, whose files can be anything. */
const startFeed = async () => {
  const files = new Map<string, Answer>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://feed').pathname;
    const file = files.get(path);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const whole = Buffer.from(file.body);
    response.writeHead(200, { 'Content-Length': whole.length });
    if (file.cutAt === undefined) response.end(whole);
    else response.write(whole.subarray(0, file.cutAt), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the feed has no port');
  return {
    files,
    url: `http://127.0.0.1:${address.port}/feed`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const sha512Of = (content: string): string => createHash('sha512').update(content).digest('base64');

const listing = (version: string, sha512: string, size: number): string =>
  [
    `version: ${version}`,
    'files:',
    '  - url: Ringside.AppImage',
    `    sha512: ${sha512}`,
    `    size: ${String(size)}`,
    "releaseDate: '2026-11-22T10:00:00.000Z'",
    'releaseNotes: Calls ring louder.',
    '',
  ].join('\n');

const ask = async (app: AppUnderTest, name: 'update.check' | 'update.apply') =>
  (await app.page('ui')).evaluate((asked) => window.ringside.request(asked, null), name);

test('a new version is proven, waits for the desk, and takes the place of the old file', async ({
  desks,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-update-'));
  const image = join(folder, 'Ringside.AppImage');
  const started = join(folder, 'started');
  writeFileSync(image, 'the old program');
  const next = `#!/bin/sh\nprintf '%s\\n' "$@" > '${started}'\n# ${'x'.repeat(200_000)}\n`;
  const feed = await startFeed();
  const app = await launchApp({
    backendUrl: desks.url,
    env: { APPIMAGE: image, XDG_CACHE_HOME: join(folder, 'cache'), RINGSIDE_UPDATES: feed.url },
  });
  await app.page('phone');
  await signIn(app);
  const checked = async () => {
    await ask(app, 'update.check');
    return (await app.desk()).update;
  };
  const serve = (yml: string, file?: Answer): void => {
    feed.files.set('/feed/latest-linux.yml', { body: yml });
    if (file !== undefined) feed.files.set('/feed/Ringside.AppImage', file);
  };
  const good = listing('99.0.0', sha512Of(next), next.length);

  // Nothing there, nothing readable, nothing newer, something else than promised, half of it.
  expect(await checked()).toMatchObject({ state: 'failed', why: 'feed_away' });
  serve('<html>Sign in to the Wi-Fi</html>');
  expect(await checked()).toMatchObject({ state: 'failed', why: 'feed_unreadable' });
  serve(listing('0.0.1', sha512Of(next), next.length), { body: next });
  expect(await checked()).toMatchObject({ state: 'newest' });
  serve(listing('99.0.0', sha512Of('another'), next.length), { body: next });
  expect(await checked()).toMatchObject({ state: 'failed', why: 'damaged' });
  serve(good, { body: next, cutAt: 1_000 });
  expect(await checked()).toMatchObject({ state: 'failed', why: 'damaged' });
  expect(readFileSync(image, 'utf8')).toBe('the old program');

  serve(good, { body: next });
  expect(await checked()).toEqual({
    state: 'ready',
    version: '99.0.0',
    notes: 'Calls ring louder.',
    obstacle: null,
  });

  // A call and its wrap-up are each in the way.
  const call = talkingCall();
  await report(app, [call]);
  const refused = (obstacle: string) => ({ ok: true, value: { obstacle, failure: null } });
  expect(await ask(app, 'update.apply')).toEqual(refused('call'));
  await report(app, [endedCall(call)]);
  await waitFor('the wrap-up', async () => (await app.desk()).wrapUps.some(({ ended }) => ended));
  expect(await ask(app, 'update.apply')).toEqual(refused('wrap_up'));
  const page = await app.page('ui');
  await page.evaluate(
    (callId) => window.ringside.request('wrapUp.complete', { callId, code: 'resolved', notes: '' }),
    call.callId,
  );
  await waitFor('no wrap-up', async () => (await app.desk()).wrapUps.length === 0);
  // The backend learns of all that later than the desk.
  await waitFor('nothing to do', async () => (await app.desk()).agent?.state.state === 'not_ready');

  // What cannot be written changes nothing, and is told.
  await mkdir(`${image}.next`);
  expect(await ask(app, 'update.apply')).toMatchObject({ value: { failure: expect.any(String) } });
  expect(readFileSync(image, 'utf8')).toBe('the old program');
  await rmdir(`${image}.next`);

  const gone = new Promise((resolve) => app.electron.process().once('exit', resolve));
  await ask(app, 'update.apply').catch(() => null);
  await gone;
  expect(readFileSync(image, 'utf8')).toBe(next);
  await waitFor('the new program', () => existsSync(started));
  expect(readFileSync(started, 'utf8')).toContain(`--backend\n${desks.url}`);
  feed.close();
  forget(app.profileDir);
  rmSync(folder, { recursive: true, force: true });
});
