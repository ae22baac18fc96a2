import './young-heap.ts';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { app, Menu, nativeTheme } from 'electron';
import { contactLinkScheme } from '../shared/domain/contact/contact-link.ts';
import type { Settings } from '../shared/ipc/desk.ts';
import {
  isThisMachine,
  linkIn,
  preferredLanguage,
  readCommandLine,
  type CommandLine,
} from './command-line.ts';
import { createDeferred } from './deferred.ts';
import { createDeskStore } from './desk/desk-store.ts';
import { serveUi } from './ipc/ui-ipc.ts';
import { isLive } from './ledger/leg.ts';
import { openLogFile } from './log/log-file.ts';
import { terminalLog } from './log/log-terminal.ts';
import { addLogSink, createLogger, reasonOf } from './log/logger.ts';
import { holdProcessRim } from './process-rim.ts';
import { registerAppScheme, serveAppProtocol } from './protocol/app-protocol.ts';
import { holdQuit } from './quit.ts';
import { holdContents } from './security/contents-rules.ts';
import { holdPermissions } from './security/permissions.ts';
import { defaultSettings } from './settings/default-settings.ts';
import type { Shell } from './shell.ts';
import type { Say } from './text/texts.ts';
import { openUiWindow } from './windows/ui-window.ts';

const log = createLogger('main');
const built = resolve(import.meta.dirname, '..');
const resources = resolve(built, '../resources');
const preload = (page: 'ui' | 'phone'): string => join(built, 'preload', `${page}.cjs`);

const start = async (commandLine: CommandLine): Promise<void> => {
  const shell = createDeferred<Shell>();
  const openLink = (link: string): void => {
    void shell.promise.then((opened) => opened.openLink(link));
  };
  // macOS; the first one comes before the program is ready.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLink(link);
  });
  if (commandLine.link !== null) openLink(commandLine.link);
  // The scheme is ours alone: there is nobody to ask. A Linux desktop knows it from the desktop file.
  if (app.isPackaged && process.platform !== 'linux') {
    app.setAsDefaultProtocolClient(contactLinkScheme);
  }
  // What keeps the settings is heavy: read while Electron makes itself ready.
  const [{ openSettings }] = await Promise.all([
    import('./settings/settings-store.ts'),
    app.whenReady(),
  ]);
  holdPermissions();
  const shown = createDeferred<null>();
  serveAppProtocol(join(built, 'renderer'), async (request) =>
    (await shell.promise).serveRecording(request),
  );

  const stored = openSettings(
    app.getPath('userData'),
    defaultSettings(preferredLanguage(app.getPreferredSystemLanguages())),
  );
  // A flag holds for this run; what is stored stays as it is.
  const settings: Settings = {
    ...stored.settings(),
    ...(commandLine.language === null ? {} : { language: commandLine.language }),
  };
  nativeTheme.themeSource = settings.theme;
  const store = createDeskStore({
    settings,
    backendUrl: commandLine.backendUrl ?? settings.backendUrl,
    versions: {
      app: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions.chrome,
    },
    notices: stored.reset ? ['settings_reset'] : [],
  });

  let desk: Shell['desk'] | null = null;
  let updates: Shell['updates'] | null = null;
  let say: Promise<Say> | null = null;
  const loadSay = (): Promise<Say> =>
    (say ??= import('./text/texts.ts').then(({ createSay }) =>
      createSay(() => store.snapshot().settings.language),
    ));
  const quit = holdQuit({
    unfinished: () => {
      if (desk?.phone().calls.some(isLive) === true) return 'call';
      return store.snapshot().wrapUps.some((wrapUp) => wrapUp.ended) ? 'wrap_up' : 'nothing';
    },
    say: loadSay,
    ui: () => ui,
    farewell: async () => desk?.farewell(),
    leaving: async (restart) => updates?.leaving(restart),
  });

  const answers = shell.promise.then(({ answerUi }) => answerUi);
  const ui = openUiWindow({
    preload: preload('ui'),
    icon: join(resources, 'icons/icon.png'),
    place: stored.windowPlace,
    keepPlace: stored.keepWindowPlace,
    serve: (contents) => serveUi(contents, answers),
    onClose: quit.request,
    onShown: () => {
      log.info('Shown');
      shown.resolve(null);
    },
  });
  app.on('second-instance', (_event, argv) => {
    const link = linkIn(argv);
    if (link === null) void shell.promise.then(({ openDesk }) => openDesk());
    else openLink(link);
  });

  // While the page's own process starts.
  const { openShell } = await import('./shell.ts');
  const opened = openShell({
    store,
    settings: stored,
    ui,
    shown: shown.promise,
    preload,
    resources,
    say: loadSay,
    onSettings: ({ theme }) => {
      nativeTheme.themeSource = theme;
    },
    quit: quit.request,
    updates: { feed: commandLine.updates, restart: quit.restart },
  });
  desk = opened.desk;
  updates = opened.updates;
  shell.resolve(opened);
};

// Whatever this program writes is for its user alone.
process.umask(0o077);
const commandLine = readCommandLine(process.argv, process.env);
const isAlone = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .every(({ internal }) => internal);
if (isAlone && commandLine.backendUrl !== null && isThisMachine(commandLine.backendUrl)) {
  // Calls must be heard with no network at all, and Chromium offers no loopback path by itself. Beside another path it
  // would cost the PBX some 100 ms at each answer to choose between the two.
  app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
}
if (commandLine.profileDir !== null) app.setPath('userData', resolve(commandLine.profileDir));

// One program for each profile; a second start shows the first one's window.
if (app.requestSingleInstanceLock()) {
  holdProcessRim();
  addLogSink(openLogFile(join(app.getPath('userData'), 'logs')));
  addLogSink(terminalLog(process.env['RINGSIDE_LOG']));
  log.info('Started', { version: app.getVersion(), electron: process.versions.electron });
  registerAppScheme();
  holdContents();
  // The default one costs time at the start; ours follows the window.
  Menu.setApplicationMenu(null);
  start(commandLine).catch((thrown: unknown) => {
    log.error('The start failed', { why: reasonOf(thrown) });
    app.exit(1);
  });
} else {
  app.exit(0);
}
