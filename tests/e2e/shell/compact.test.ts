import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { startDisplay } from '../../../scripts/display/xvfb.ts';
import { driveElectron } from '../../../scripts/platform/drive-electron.ts';
import { ensureElectron } from '../../../scripts/platform/electron.ts';
import { cacheDirectory } from '../../../scripts/platform/paths.ts';
import { reasonToSkip } from '../../../scripts/platform/test-needs.ts';
import { offeredCall, type Call } from '../../../src/shared/domain/call/call.ts';
import type { PhoneCommand } from '../../../src/shared/ipc/phone.ts';
import { forget, launchApp, waitFor, type AppUnderTest } from './support/app-under-test.ts';
import { endedCall, signIn, talkingCall, test as base } from './support/desk-under-test.ts';
import { realKeyboard, type RealKeyboard } from './support/real-keyboard.ts';

type Room = {
  readonly keyboard: RealKeyboard;
  /** What somebody wrote so far in another program. */
  readonly written: () => Promise<string>;
  readonly launch: (backendUrl: string, profileDir?: string) => Promise<AppUnderTest>;
};

/** A screen of its own, on which another program has the focus: real keys must not go to anybody's own windows. */
const test = base.extend<{ readonly room: Room }>({
  room: async ({}, use, testInfo) => {
    const reason = reasonToSkip(['Electron', 'virtual desk']);
    testInfo.skip(reason !== null, reason ?? '');
    const folder = mkdtempSync(join(tmpdir(), 'ringside-screen-'));
    const display = await startDisplay({ logDir: folder });
    const env = { ...(process.env as Record<string, string>), DISPLAY: display.display };
    const { executable } = await ensureElectron(cacheDirectory());
    const writer = await driveElectron({
      executablePath: executable,
      args: [
        '--no-sandbox',
        join(import.meta.dirname, 'support/writer.mjs'),
        `--user-data-dir=${join(folder, 'writer')}`,
      ],
      env,
    });
    const page = await writer.firstWindow();
    await use({
      keyboard: realKeyboard(display.display),
      written: () => page.locator('textarea').inputValue(),
      launch: (backendUrl, profileDir) =>
        launchApp({
          backendUrl,
          env: { DISPLAY: display.display },
          ...(profileDir === undefined ? {} : { profileDir }),
        }),
    });
    await writer.close();
    await display.stop();
    forget(folder);
  },
});

type Window = {
  readonly id: number;
  readonly visible: boolean;
  readonly focused: boolean;
  readonly bounds: { readonly x: number; readonly y: number };
};

const windowOf = (app: AppUnderTest, page: 'index' | 'compact'): Promise<Window | null> =>
  app.electron.evaluate(({ BrowserWindow }, name) => {
    const found = BrowserWindow.getAllWindows().find((window) =>
      window.webContents.getURL().startsWith(`app://ui/${name}.html`),
    );
    if (found === undefined) return null;
    const { x, y } = found.getBounds();
    return {
      id: found.id,
      visible: found.isVisible(),
      focused: found.isFocused(),
      bounds: { x, y },
    };
  }, page);

const stripShows = async (app: AppUnderTest): Promise<Page> => {
  await waitFor('the strip in the place of the desk', async () => {
    const [strip, desk] = [await windowOf(app, 'compact'), await windowOf(app, 'index')];
    return strip?.visible === true && desk?.visible === false;
  });
  return waitFor('the page of the strip', async () => {
    const page = app.electron.windows().findLast((known) => known.url().includes('compact.html'));
    const alive = await page?.evaluate(() => document.readyState).catch(() => null);
    return alive === 'complete' ? page : null;
  });
};

const change = async (
  app: AppUnderTest,
  settings: { readonly compact: boolean },
): Promise<void> => {
  const desk = app.electron.windows().find((page) => page.url().includes('index.html'));
  await desk?.evaluate((part) => window.ringside.request('settings.change', part), settings);
};

/** What the phone was told to do, and what it has; its telephone is this test. */
const takePhone = async (app: AppUnderTest) => {
  const page = await app.page('phone');
  await page.evaluate(() => {
    const commands: PhoneCommand[] = [];
    Reflect.set(window, 'commands', commands);
    window.ringsidePhone.on('engine.command', ({ commandId, command }) => {
      commands.push(command);
      const answer = { ok: true, value: { callId: null } } as const;
      window.ringsidePhone.report('engine.answered', { commandId, answer });
    });
  });
  const snapshot = await page
    .evaluate(() => window.ringsidePhone.request('clock.now'))
    .then(() =>
      app.electron
        .windows()
        .find((known) => known.url().includes('ui/'))
        ?.evaluate(() => window.ringside.request('phone.snapshot', null)),
    );
  return {
    has: (...calls: readonly Call[]) =>
      page.evaluate((next) => window.ringsidePhone.report('engine.snapshot', next as never), {
        ...snapshot,
        calls,
      }),
    told: async (kind: PhoneCommand['kind']): Promise<boolean> =>
      page.evaluate(
        (wanted) =>
          (Reflect.get(window, 'commands') as PhoneCommand[]).some((one) => one.kind === wanted),
        kind,
      ),
  };
};

/** Clicks where the button is on the screen, with the pointer of the machine. */
const clickButton = async (room: Room, app: AppUnderTest, strip: Page, name: string) => {
  const box = await strip.getByRole('button', { name, exact: true }).boundingBox();
  const { bounds } = (await windowOf(app, 'compact')) ?? { bounds: { x: 0, y: 0 } };
  if (box === null) throw new Error(`no ${name} on the strip`);
  await room.keyboard.click(bounds.x + box.x + box.width / 2, bounds.y + box.y + box.height / 2);
};

const ringing = (from: Call): Call =>
  offeredCall({
    callId: from.callId,
    callKey: from.callKey,
    queue: from.queue,
    remote: from.remote,
    stamp: { id: from.facts[0]?.id ?? '', at: from.facts[0]?.at ?? 0 },
  });

test('a call is taken and ended on the strip, or by global keys, while somebody writes in another program', async ({
  desks,
  room,
}) => {
  const { keyboard, written } = room;
  const app = await room.launch(desks.url);
  await app.page('phone');
  await signIn(app);
  const phone = await takePhone(app);
  await keyboard.focusWindow('Writer');
  const focused = await keyboard.focused();

  await change(app, { compact: true });
  const strip = await stripShows(app);
  await keyboard.type('one ');
  const call = talkingCall();
  await phone.has(ringing(call));
  await strip.getByRole('button', { name: 'Answer' }).waitFor();
  await keyboard.type('two ');
  await clickButton(room, app, strip, 'Answer');
  await waitFor('the answer', () => phone.told('answer'));
  await keyboard.type('three ');
  await phone.has(call);
  await strip.getByRole('button', { name: 'Hold' }).waitFor();
  // By keys that work wherever the focus is.
  await keyboard.press('ctrl+alt+p');
  await waitFor('the hold', () => phone.told('hold'));
  await keyboard.press('ctrl+alt+m');
  await waitFor('the mute', () => phone.told('mute'));
  await clickButton(room, app, strip, 'Hang up');
  await waitFor('the end', () => phone.told('end'));
  await phone.has(endedCall(call));
  await strip.getByRole('button', { name: 'Wrap-up' }).waitFor();
  await keyboard.type('four');
  await waitFor(
    'everything that was typed',
    async () => (await written()) === 'one two three four',
  );
  expect(await keyboard.focused()).toBe(focused);
  expect((await windowOf(app, 'compact'))?.focused).toBe(false);

  // What is selected there is asked about here, and only called once somebody says so.
  await keyboard.press('ctrl+a');
  await keyboard.type('202 555 0123');
  await keyboard.press('ctrl+a');
  await keyboard.press('ctrl+alt+n');
  await strip.getByText('(202) 555-0123').waitFor();
  expect(await phone.told('dial')).toBe(false);
  await clickButton(room, app, strip, 'Call');
  await waitFor('the call', () => phone.told('dial'));
  expect(await keyboard.focused()).toBe(focused);

  // Wherever it is dragged, there it stands after a restart.
  const { x, y } = (await windowOf(app, 'compact'))?.bounds ?? { x: 0, y: 0 };
  await keyboard.drag([x + 8, y + 36], [x + 8 - 600, y + 36 + 200]);
  await waitFor('the move', async () => (await windowOf(app, 'compact'))?.bounds.y === y + 200);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await app.close();
  const again = await room.launch(desks.url, app.profileDir);
  await again.page('phone');
  await signIn(again);
  const reborn = await stripShows(again);
  expect((await windowOf(again, 'compact'))?.bounds).toEqual({ x: x - 600, y: y + 200 });

  // It dies, and another one stands there; one press leads to the desk.
  const before = (await windowOf(again, 'compact'))?.id;
  await again.electron.evaluate(({ BrowserWindow }, id) => {
    BrowserWindow.fromId(id ?? -1)?.webContents.forcefullyCrashRenderer();
  }, before);
  await waitFor('another strip', async () => {
    const next = await windowOf(again, 'compact');
    return next?.visible === true && next.id !== before;
  });
  const third = await stripShows(again);
  expect(third).not.toBe(reborn);
  await clickButton(room, again, third, 'Open the desk');
  await waitFor('the desk', async () => (await windowOf(again, 'index'))?.visible === true);
  expect(await windowOf(again, 'compact')).toBeNull();
  await again.close();
  forget(again.profileDir);
});
