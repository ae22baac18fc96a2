import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import { ensureElectron } from '../../../scripts/platform/electron.ts';
import { describeAppLaunch } from '../../../scripts/platform/electron-launch.ts';
import { cacheDirectory } from '../../../scripts/platform/paths.ts';
import { forget, launchApp, newProfile, nobody, waitFor } from './support/app-under-test.ts';

test.skip(reasonToSkip(windowNeeds) !== null, 'no window can be opened');

for (const [name, content] of [
  ['no JSON', '{"theme": "dark"'],
  ['of another shape', '{"theme": "plaid", "ringVolume": 40}'],
  ['empty', ''],
] as const) {
  test(`settings that are ${name} give way to the defaults, are kept aside, and it is said`, async () => {
    const profileDir = newProfile();
    writeFileSync(join(profileDir, 'settings.json'), content);
    const app = await launchApp({ profileDir });
    const desk = await app.desk();
    expect(desk.notices).toEqual(['settings_reset']);
    expect(desk.settings).toMatchObject({ theme: 'system', ringVolume: 0.8 });
    const aside = readdirSync(profileDir).filter((file) => file.includes('unreadable'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(profileDir, aside[0] ?? ''), 'utf8')).toBe(content);
    await app.close();
    forget(profileDir);
  });
}

test('settings of an earlier version are kept, and what is new has its default', async () => {
  const profileDir = newProfile();
  const old = {
    theme: 'dark',
    globalKeys: { answer: 'F9', end: '', mute: '' },
    devices: { microphone: null, speaker: 'a-speaker', ringer: null },
  };
  writeFileSync(join(profileDir, 'settings.json'), JSON.stringify(old));
  const app = await launchApp({ profileDir });
  const desk = await app.desk();
  expect(desk.notices).toEqual([]);
  expect(desk.settings).toMatchObject({
    theme: 'dark',
    compact: false,
    globalKeys: { answer: 'F9', end: '', hold: 'CommandOrControl+Alt+P' },
    audioDevices: { microphone: [], speaker: [{ id: 'a-speaker', label: '' }], better: 'ask' },
  });
  await app.close();
  forget(profileDir);
});

test('a changed setting holds at once and at the next start', async () => {
  const first = await launchApp();
  const change = { theme: 'dark', ringVolume: 0.25 } as const;
  const answer = await (
    await first.page('ui')
  ).evaluate((wanted) => window.ringside.request('settings.change', wanted), change);
  expect(answer).toEqual({ ok: true, value: null });
  expect((await first.desk()).settings).toMatchObject(change);
  const dark = await first.electron.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors);
  expect(dark).toBe(true);
  await first.close();
  const second = await launchApp({ profileDir: first.profileDir });
  expect((await second.desk()).settings).toMatchObject(change);
  await second.close();
  forget(first.profileDir);
});

test('one program for each profile: a second start shows the first and ends, another profile runs beside it', async () => {
  const first = await launchApp();
  await first.page('ui');
  await first.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.hide();
  });
  const launch = describeAppLaunch({
    electron: await ensureElectron(cacheDirectory()),
    backendUrl: nobody,
    profileDir: first.profileDir,
  });
  const second = spawn(launch.executablePath, launch.args, { env: launch.env, stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
  await waitFor('the first window', () =>
    first.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some((window) => window.isVisible()),
    ),
  );
  const beside = await launchApp();
  expect((await beside.desk()).revision).toBeGreaterThanOrEqual(0);
  await beside.close();
  await first.close();
  forget(first.profileDir);
  forget(beside.profileDir);
});

test('the window comes back at its size, and never smaller than it can be used', async () => {
  const first = await launchApp();
  const size = () =>
    first.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isVisible())
        .map((window) => window.getSize()),
    );
  await first.page('ui');
  await waitFor('the window', async () => (await size()).length === 1);
  expect(await size()).toEqual([[1280, 800]]);
  await first.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.isVisible()) window.setSize(1100, 700);
    }
  });
  await waitFor(
    'the place to be kept',
    () =>
      readFileSync(join(first.profileDir, 'settings.json'), 'utf8').includes('"width": 1100') ||
      readFileSync(join(first.profileDir, 'settings.json'), 'utf8').includes('"width":1100'),
  );
  await first.close();
  const second = await launchApp({ profileDir: first.profileDir });
  await second.page('ui');
  const again = await waitFor('the window', () =>
    second.electron.evaluate(({ BrowserWindow }) => {
      const shown = BrowserWindow.getAllWindows().find((window) => window.isVisible());
      return shown?.getSize();
    }),
  );
  expect(again).toEqual([1100, 700]);
  await second.close();
  forget(first.profileDir);
});
