import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { driveElectron } from '../platform/drive-electron.ts';
import { describeAppLaunch } from '../platform/electron-launch.ts';
import type { RunHeadless } from './headless-options.ts';
import { messageOf, Problem } from '../platform/problem.ts';
import { bold, say, warn } from '../platform/terminal.ts';
import { writeAgentVoice } from './agent-voice.ts';
import { observeDatabase } from './database-observer.ts';
import { deskPage } from './desk-page.ts';
import { runInboundCall } from './inbound-call.ts';
import { observePbx } from './pbx-observer.ts';
import { writeReport, type RunReport } from './report.ts';
import { createTimeline } from './timeline.ts';
import { uiPage } from './ui-page.ts';

/** Longer than any run of this kind. */
const VOICE_SECONDS = 60;

const screenshots = (page: Page, dir: string) => async (name: string) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: join(dir, `${name}-${colorScheme}.png`),
      animations: 'disabled',
    });
  }
  await page.emulateMedia({ colorScheme: null });
};

/**
 * One complete inbound call of the demo in the real app, verified at the far end. The report is written whatever
 * happens; the exit code is 0 only when every step was verified.
 */
export const runHeadless: RunHeadless = async ({ services, electron, screen, outDir }) => {
  const agent = services.users.find((user) => user.role === 'agent');
  const asterisk = services.asterisk?.current();
  if (agent === undefined) throw new Problem('The demo has no agent to sign in as.');
  if (asterisk === undefined) {
    throw new Problem('The run without a display needs the embedded PBX.', 'Unset RINGSIDE_PBX.');
  }
  const screensDir = join(outDir, 'screens');
  await rm(screensDir, { recursive: true, force: true });
  await mkdir(screensDir, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'ringside-headless-'));
  const startedAt = Date.now();
  const timeline = createTimeline(say);
  const open: (() => unknown)[] = [() => rm(scratch, { recursive: true, force: true })];
  let report: RunReport | undefined;
  try {
    say();
    say(bold('One call, from beginning to end'));
    const voice = join(scratch, 'agent.wav');
    await writeAgentVoice(voice, VOICE_SECONDS);
    const database = await observeDatabase(services.databaseUrl);
    open.push(database.stop);
    const pbx = await observePbx(asterisk);
    open.push(pbx.stop);
    const versions = {
      electron: electron.version,
      node: process.versions.node,
      asterisk: (await pbx.cli('core show version')).join(' ').split(' built')[0] ?? '',
      postgres: await database.version(),
    };
    const launch = describeAppLaunch({
      electron,
      backendUrl: services.backendUrl,
      profileDir: join(scratch, 'profile'),
      language: 'en',
      env: screen.env,
    });
    const { app, page } = await timeline.step('The app opens', async (note) => {
      const started = await driveElectron(launch);
      open.push(() => started.close());
      const ui = await uiPage(started);
      await ui.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      note(
        `Electron ${electron.version} (${electron.provenance}), ${started.windows().length} windows`,
      );
      return { app: started, page: ui };
    });
    app.on('close', () => undefined);
    const speaking = screen.sound.playIntoMicrophone(voice);
    open.push(() => speaking.stop());
    let captures = 0;
    const call = await runInboundCall({
      desk: deskPage(page),
      pbx,
      database,
      timeline,
      recordingsDir: services.pbx.recordings,
      keptDir: join(services.dataDir, 'kept'),
      agent,
      captureHeadset: async (seconds) => {
        captures += 1;
        const path = join(scratch, `headset-${captures}.wav`);
        await screen.sound.captureHeadset(seconds, path);
        return path;
      },
      screenshot: screenshots(page, screensDir),
    });
    report = { ok: true, startedAt, versions, ...call, steps: timeline.steps(), failure: null };
  } catch (error) {
    report = { ok: false, startedAt, steps: timeline.steps(), failure: messageOf(error) };
  } finally {
    for (const close of open.reverse()) await Promise.resolve(close()).catch(() => undefined);
  }
  const path = await writeReport(outDir, report);
  say();
  if (report.ok) say(bold('  Every step was verified.'));
  else warn(`Not verified: ${report.failure ?? 'unknown'}`);
  say(`  Report     ${path}`);
  say(`  Screens    ${screensDir}`);
  return report.ok ? 0 : 1;
};
