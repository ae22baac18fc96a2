import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasScreen, type Screen, startVirtualScreen } from './display/screen.ts';
import { prepareElectron } from './platform/prepare-electron.ts';
import { untilAskedToEnd } from './platform/interrupts.ts';
import { cacheDirectory } from './platform/paths.ts';
import { messageOf, Problem } from './platform/problem.ts';
import { startApp } from './platform/start-app.ts';
import { runMain, say, warn } from './platform/terminal.ts';

const HELP = `Starts the app alone, against a backend that runs already.

  npm run app -- --backend http://127.0.0.1:4000 --profile DIR [--lang en|es|pt]

  --backend URL   the backend; RINGSIDE_BACKEND_URL does as well
  --profile DIR   what this app keeps; one folder for each app that runs at the same time
  --lang xx       en, es or pt; the system's language unless said`;

const LANGUAGES = ['en', 'es', 'pt'] as const;
type Language = (typeof LANGUAGES)[number];

type Options = {
  readonly backendUrl: string;
  readonly profileDir: string;
  readonly language: Language | undefined;
};

const readOptions = (): Options | undefined => {
  const parse = () =>
    parseArgs({
      options: {
        backend: { type: 'string' },
        profile: { type: 'string' },
        lang: { type: 'string' },
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
  const backendUrl = values.backend ?? process.env['RINGSIDE_BACKEND_URL'];
  if (!backendUrl || !URL.canParse(backendUrl)) {
    throw new Problem('Say which backend: --backend http://host:port', '', HELP);
  }
  const language = LANGUAGES.find((known) => known === values.lang);
  if (values.lang !== undefined && !language) {
    throw new Problem(`The app does not speak "${values.lang}": ${LANGUAGES.join(', ')}.`);
  }
  const profileDir = resolve(values.profile ?? join(cacheDirectory(), 'profile'));
  return { backendUrl, profileDir, language };
};

const run = async ({ backendUrl, profileDir, language }: Options): Promise<number> => {
  const asked = untilAskedToEnd();
  let isUp = false;
  void asked.then(() => {
    if (!isUp) process.exit(130);
  });
  const isScreenVirtual = !hasScreen();
  const electron = await prepareElectron(isScreenVirtual);
  const logDir = join(profileDir, 'start');
  let screen: Screen | undefined;
  if (isScreenVirtual) {
    screen = await startVirtualScreen(logDir);
    warn(
      `There is no display here: the app runs on a virtual one (DISPLAY=${screen.display.display}).`,
    );
  }
  try {
    const app = await startApp({
      electron,
      backendUrl,
      profileDir,
      logDir,
      ...(language ? { language } : {}),
      ...(screen ? { env: screen.env } : {}),
    });
    isUp = true;
    if (!app.isSandboxed) {
      warn("Running as root: the app runs without Chromium's sandbox (--no-sandbox).");
    }
    const exit = await Promise.race([asked, app.child.exited]);
    await app.child.stop();
    return exit?.code ?? 0;
  } finally {
    await screen?.stop();
  }
};

await runMain(async () => {
  const options = readOptions();
  if (options) return run(options);
  say(HELP);
  return 0;
});
