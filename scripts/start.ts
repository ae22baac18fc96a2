import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasScreen, type Screen, startVirtualScreen } from './display/screen.ts';
import { prepareElectron } from './platform/prepare-electron.ts';
import type { Electron } from './platform/electron.ts';
import { untilAskedToEnd } from './platform/interrupts.ts';
import { cacheDirectory } from './platform/paths.ts';
import { messageOf, Problem } from './platform/problem.ts';
import { type RunningApp, startApp } from './platform/start-app.ts';
import { bold, dim, runMain, say, step, warn } from './platform/terminal.ts';
import { tailOf } from './services/child.ts';
import { type RunningServices, startServices, type Step } from './services/start-services.ts';
import { writeServicesFile } from './services/services-file.ts';

const HELP = `Starts a whole demo contact centre on this machine: database, PBX, backend and the app.

  npm start                          everything, and the app on your screen
  npm start -- --headless            one complete call without a display, verified step by step
  npm start -- --services-only       database, PBX and backend; addresses in DIR/services.json

  --data DIR    where data lives (default: .cache/demo in this folder)
  --out DIR     with --headless: where report.json and screens/ go (default: .cache/headless)
  --help        this text

To use your own database or PBX: DATABASE_URL, RINGSIDE_PBX, RINGSIDE_AMI_URL, RINGSIDE_SIP_URL (see README).`;

type Options = {
  readonly dataDir: string;
  readonly outDir: string;
  readonly mode: 'app' | 'headless' | 'services';
};

const readOptions = (): Options | undefined => {
  const parse = () =>
    parseArgs({
      options: {
        data: { type: 'string' },
        out: { type: 'string' },
        headless: { type: 'boolean', default: false },
        'services-only': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  let values: ReturnType<typeof parse>['values'];
  try {
    ({ values } = parse());
  } catch (error) {
    throw new Problem(messageOf(error), '', HELP);
  }
  if (values.help) return undefined;
  if (values.headless && values['services-only']) {
    throw new Problem('Choose one of --headless and --services-only.');
  }
  return {
    dataDir: resolve(values.data ?? join(cacheDirectory(), 'demo')),
    outDir: resolve(values.out ?? join(cacheDirectory(), 'headless')),
    mode: values.headless ? 'headless' : values['services-only'] ? 'services' : 'app',
  };
};

const showStep: Step = (title, work, detail) =>
  step({ title, work, ...(detail ? { detail } : {}), always: title.endsWith('started') });

const showPeople = ({ users }: RunningServices): void => {
  if (users.length === 0) return;
  say();
  say('  Sign in as');
  for (const { username, password, role, extension } of users) {
    say(
      `    ${username.padEnd(12)} ${password.padEnd(16)} ${dim(`${role}, extension ${extension}`)}`,
    );
  }
};

const showReady = (services: RunningServices): void => {
  showPeople(services);
  say();
  say(`  Backend    ${services.backendUrl}`);
  if (services.sipUrl) say(`  SIP        ${services.sipUrl}`);
  say(`  Data       ${services.dataDir}`);
};

const startTheApp = async (
  electron: Electron,
  services: RunningServices,
  screen: Screen | undefined,
): Promise<RunningApp> => {
  const app = await step({
    title: 'App started',
    always: true,
    work: () =>
      startApp({
        electron,
        backendUrl: services.backendUrl,
        profileDir: join(services.dataDir, 'profile'),
        logDir: join(services.dataDir, 'logs'),
        ...(screen ? { env: screen.env } : {}),
      }),
    detail: () => `Electron ${electron.version}`,
  });
  if (!app.isSandboxed) {
    warn("Running as root: the app runs without Chromium's sandbox (--no-sandbox).");
  }
  if (screen) {
    warn(
      `There is no display here: the app runs on a virtual one (DISPLAY=${screen.display.display}).`,
    );
    say(dim('    To see a call from beginning to end without a display: npm start -- --headless'));
  }
  return app;
};

/** What was started, to be ended in reverse order whatever happens in between. */
const run = async (options: Options): Promise<number> => {
  const { mode, dataDir } = options;
  let isUp = false;
  const asked = untilAskedToEnd();
  // On the way up nothing waits to be ended well: what is half fetched is fetched again next time, and the services that
  // run already are ended in order behind our back (see services/reaper.ts).
  void asked.then(() => {
    if (!isUp) process.exit(130);
  });
  const isScreenVirtual = mode === 'headless' || (mode === 'app' && !hasScreen());
  const electron = mode === 'services' ? undefined : await prepareElectron(isScreenVirtual);
  const services = await startServices({ dataDir, step: showStep, report: warn });
  let screen: Screen | undefined;
  let app: RunningApp | undefined;
  isUp = true;
  try {
    const file = writeServicesFile(services);
    if (isScreenVirtual) screen = await startVirtualScreen(join(dataDir, 'logs'));
    if (electron && screen && mode === 'headless') {
      // Loaded here alone: it brings the whole of Playwright.
      const { runHeadless } = await import('./headless/run.ts');
      const done = runHeadless({ services, electron, screen, outDir: options.outDir });
      return await Promise.race([done, asked.then(() => 130)]);
    }
    if (electron) app = await startTheApp(electron, services, screen);
    showReady(services);
    if (mode === 'services') say(`  Services   ${file}`);
    say();
    say(bold('  Ready. Ctrl-C ends everything.'));
    const exit = await Promise.race([asked, ...(app ? [app.child.exited] : [])]);
    if (exit && exit.code !== 0) {
      const log = join(dataDir, 'logs/app.log');
      warn(`The app ended by itself (${exit.signal ?? `code ${exit.code ?? 'unknown'}`}): ${log}`);
      say(dim(tailOf(log)));
      return 1;
    }
    return 0;
  } finally {
    say();
    await step({
      title: 'Everything ended',
      always: true,
      work: async () => {
        await app?.child.stop();
        await screen?.stop();
        await services.stop();
      },
    });
  }
};

await runMain(async () => {
  const options = readOptions();
  if (!options) {
    say(HELP);
    return 0;
  }
  say(bold('Ringside'));
  return run(options);
});
