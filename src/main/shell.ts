import { release, type, uptime } from 'node:os';
import { join } from 'node:path';
import { app, net, shell as system } from 'electron';
import type { Settings } from '../shared/ipc/desk.ts';
import { createDeferred } from './deferred.ts';
import { createCallerPages } from './caller-page/caller-page.ts';
import { createDesk } from './desk/desk.ts';
import type { Desk } from './desk/desk-ports.ts';
import type { DeskStore } from './desk/desk-store.ts';
import { openDesktop } from './desktop.ts';
import { createDeviceOrders } from './devices/device-orders.ts';
import { headsetAsks } from './headset/headset-asked.ts';
import { createHeadsetWatch } from './headset/headset-watch.ts';
import { orderEngine, serveEngine } from './ipc/engine-ipc.ts';
import { uiAnswers } from './ipc/ui-answers.ts';
import { tellUi, type AnswerUi } from './ipc/ui-ipc.ts';
import { openProfileJournal } from './journal/open-profile-journal.ts';
import { createLogger } from './log/logger.ts';
import { recordingServer } from './protocol/recordings.ts';
import { letHelpPagesOpen, letPaymentPagesOpen } from './security/contents-rules.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { Say } from './text/texts.ts';
import { openShiftChecks } from './shift-check/open-shift-checks.ts';
import { openUpdates } from './update/open-updates.ts';
import type { Updates } from './update/updates.ts';
import { openEngineWindow, type EngineWindow } from './windows/engine-window.ts';
import type { UiWindow } from './windows/ui-window.ts';

const log = createLogger('shell');
/** A ringing call and its record are on the screen by then. */
const extrasAfterMs = 100;

export type ShellPorts = {
  readonly store: DeskStore;
  readonly settings: SettingsStore;
  readonly ui: UiWindow;
  /** The first window is on screen: what is heavy may follow. */
  readonly shown: Promise<unknown>;
  readonly preload: (page: 'ui' | 'phone') => string;
  /** Icons, and what the desktop around us is told with. */
  readonly resources: string;
  readonly say: () => Promise<Say>;
  readonly onSettings: (settings: Settings) => void;
  readonly quit: () => void;
  readonly updates: { readonly feed: string | null; readonly restart: () => void };
};

export type Shell = {
  readonly desk: Desk;
  readonly answerUi: AnswerUi;
  readonly serveRecording: (request: Request) => Promise<Response>;
  readonly updates: Pick<Updates, 'leaving'>;
  /** The desk in front, by the user's own wish. */
  readonly openDesk: () => void;
  /** A link that asks for a call, or leads to a contact. */
  readonly openLink: (link: string) => void;
};

/** Everything behind the first window: desk, engine, and what lives outside of the window. */
export const openShell = (ports: ShellPorts): Shell => {
  const { store, ui } = ports;
  const journal = openProfileJournal(app.getPath('userData'), Date.now());
  if (journal.movedTo !== null) {
    store.update({ notices: [...(store.snapshot().notices ?? []), 'journal_reset'] });
  }
  let engine: EngineWindow | null = null;
  let engineListens = false;
  let showExtras: (() => void) | null = null;
  let extrasDue = false;

  // The screen comes first; tray and notifications follow a moment later.
  const scheduleExtras = (): void => {
    if (extrasDue || showExtras === null) return;
    extrasDue = true;
    setTimeout(() => {
      extrasDue = false;
      showExtras?.();
    }, extrasAfterMs);
  };

  const engineContents = () => (engineListens ? (engine?.contents() ?? null) : null);

  const saveFile = async (name: string, text: string): Promise<string | null> =>
    (await import('./save-file.ts')).saveFile(name, text);
  const openPage = (url: string): void => void system.openExternal(url, { activate: false });
  const headsets = createHeadsetWatch({
    order: (on) => {
      const contents = engineContents();
      if (contents !== null) orderEngine(contents, 'engine.watchHeadsets', { on });
    },
    publish: (news) => tellUi(ui.contents(), 'headsets.news', news),
    saveFile,
    program: `${app.name} ${app.getVersion()}, Electron ${process.versions.electron}`,
    system: `${type()} ${release()}`,
    wallNow: Date.now,
  });

  const devices = createDeviceOrders({
    order: (order) => {
      const contents = engineContents();
      if (contents !== null) orderEngine(contents, 'engine.deviceOrder', order);
    },
    publish: (report) => tellUi(ui.contents(), 'devices.told', report),
    phone: () => desk.phone(),
    settings: () => store.snapshot().settings,
    changeSettings: (change) => void desk.ui['settings.change'](change),
    ringTested: (heard) => {
      desk.evidence.ringTested(heard);
      desk.readiness.ringTested(heard);
    },
    wallNow: Date.now,
  });

  const desk = createDesk({
    store,
    journal,
    fetch: (url, init) => net.fetch(url, init),
    monotonicMs: () => performance.now(),
    wallNow: Date.now,
    uptimeMs: () => uptime() * 1_000,
    random: Math.random,
    keepSettings: ports.settings.change,
    onSettings: ports.onSettings,
    onPhone: (snapshot) => {
      desktop.tell('phone.changed', snapshot);
      headsets.takePhone(snapshot);
      devices.takePhone(snapshot);
      checks.takePhone(snapshot);
      updates.follow();
      followCallers();
      scheduleExtras();
    },
    onLevels: (levels) => tellUi(ui.contents(), 'phone.levels', levels),
    onFloor: (event) => tellUi(ui.contents(), 'floor.changed', event),
    setupEngine: (setup) => {
      const contents = engineContents();
      if (contents !== null) orderEngine(contents, 'engine.setupChanged', setup);
    },
    commandEngine: (commandId, command) => {
      const contents = engineContents();
      if (contents === null) return false;
      orderEngine(contents, 'engine.command', { commandId, command });
      return true;
    },
    orderJoin: (order) => {
      const contents = engineContents();
      if (contents !== null) orderEngine(contents, 'engine.join', order);
    },
    orderProof: (order) => {
      const contents = engineContents();
      if (contents !== null) orderEngine(contents, 'engine.prove', order);
    },
    wakeEngine: (why) => {
      const contents = engineContents();
      if (contents !== null) orderEngine(contents, 'engine.wake', { why });
    },
    saveFile,
    openFile: async (extensions) => (await import('./open-file.ts')).openFile(extensions),
    openPage,
    printPage: async (to, name) =>
      (await import('./print-page.ts')).printPage(ui.contents(), to, name),
    onEngineAsked: () => {
      engineListens = true;
      engine?.lives();
    },
  });

  letPaymentPagesOpen({
    patterns: () => {
      const { session } = store.snapshot();
      return session.state === 'signed_in' ? (session.payment?.pages ?? []) : [];
    },
    opened: desk.payments.pageOpened,
  });

  letHelpPagesOpen(() => {
    const { session } = store.snapshot();
    return session.state === 'signed_in' ? (session.helpPages ?? []) : [];
  });

  const strip = createDeferred<AnswerUi>();
  let pauseKeys: ((paused: boolean) => void) | null = null;
  const desktop = openDesktop({
    store,
    settings: ports.settings,
    changeSettings: (change) => void desk.ui['settings.change'](change),
    ui,
    uiPreload: ports.preload('ui'),
    resources: ports.resources,
    say: ports.say,
    sipDomain: desk.sipDomain,
    answer: strip.promise,
    pauseKeys: (paused) => pauseKeys?.(paused),
  });

  const checks = openShiftChecks({
    ...{ store, desk, engine: engineContents, ui: ui.contents },
    ringHeard: (heard) => void devices.handlers['devices.ringHeard']({ heard }),
  });
  const updates = openUpdates({ ...ports.updates, store, phone: desk.phone });
  store.subscribe(updates.follow);
  const followCallers = createCallerPages({
    desk: store.snapshot,
    calls: () => desk.phone().calls,
    open: (url) => {
      log.info('The page of a caller opens by itself');
      ui.keepFocus();
      openPage(url);
    },
  });
  store.subscribe(followCallers);

  store.subscribe((snapshot) => {
    desktop.tell('desk.changed', snapshot);
    desktop.follow(snapshot);
    scheduleExtras();
  });

  const openRest = async (): Promise<void> => {
    await ports.shown;
    engine = openEngineWindow({
      preload: ports.preload('phone'),
      serve: (contents) =>
        serveEngine(contents, {
          requests: desk.engine.requests,
          reports: {
            ...desk.engine.reports,
            'engine.headsetNews': headsets.take,
            'engine.headsetAsked': headsetAsks(desk.ui),
            'engine.devices': devices.take,
            'engine.checkTold': checks.take,
          },
        }),
      onLost: () => {
        engineListens = false;
        desk.engineLost();
      },
    });
    const { openExtras } = await import('./extras.ts');
    const extras = openExtras({
      icons: join(ports.resources, 'icons'),
      say: await ports.say(),
      phone: desk.phone,
      command: (command) => void desk.ui['phone.command'](command),
      wish: (wish) => void desk.ui['agent.wish'](wish),
      setDoNotDisturb: (on) => void desk.ui['agent.doNotDisturb']({ on }),
      open: desktop.openDesk,
      isFocused: ui.isFocused,
      quit: ports.quit,
      power: desk.power,
      notified: desk.evidence.shown,
      onKeyConflicts: (keyConflicts) => {
        if (keyConflicts.length > 0) {
          log.warn('Global keys do nothing', {
            keys: keyConflicts.map(({ name, why }) => `${name}: ${why}`).join(),
          });
        }
        store.update({ keyConflicts });
      },
      dialSelected: desktop.dialSelected,
      setCompact: desktop.setCompact,
    });
    pauseKeys = extras.pauseKeys;
    showExtras = () => extras.show(store.snapshot(), desk.phone());
    scheduleExtras();
  };
  openRest().catch((thrown: unknown) => log.error('Opening failed', { why: String(thrown) }));

  const answer = uiAnswers({
    ...desk.ui,
    ...desktop.handlers,
    ...headsets.handlers,
    ...devices.handlers,
    ...updates.handlers,
    ...checks.handlers,
  });
  strip.resolve(answer);
  return {
    desk,
    updates,
    answerUi: (name, payload) => {
      if (name === 'desk.snapshot') {
        ui.pageLives();
        // A page that begins has asked for nothing yet.
        desk.floor.close();
        headsets.close();
        devices.close();
        // Whatever recorded a key is gone.
        pauseKeys?.(false);
      }
      return answer(name, payload);
    },
    serveRecording: recordingServer({
      backendUrl: () => store.snapshot().backendUrl,
      token: desk.token,
      fetch: (url, init) => net.fetch(url, init),
    }),
    openDesk: desktop.openDesk,
    openLink: desktop.openLink,
  };
};
