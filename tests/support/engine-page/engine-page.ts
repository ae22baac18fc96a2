import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright';
import { build } from 'vite';
import { hasScreen } from '../../../scripts/display/screen.ts';
import { startDisplay } from '../../../scripts/display/xvfb.ts';
import { driveElectron } from '../../../scripts/platform/drive-electron.ts';
import { ensureElectron } from '../../../scripts/platform/electron.ts';
import { cacheDirectory, repositoryDirectory } from '../../../scripts/platform/paths.ts';
import type { Call } from '../../../src/shared/domain/call/call.ts';
import type { EngineOrder, EngineReport } from '../../../src/shared/ipc/contract.ts';
import type {
  EngineSetup,
  PhoneAnswer,
  PhoneCommand,
  PhoneSnapshot,
} from '../../../src/shared/ipc/phone.ts';
import type { EngineProof } from '../../../src/shared/ipc/readiness.ts';
import type { DeskNetwork } from '../network/desk-network.ts';
import { serveFolder } from '../serve-folder.ts';
import { agentToneHz, until } from './far-end.ts';

/** The phone's page in a real Electron, behind a bridge in memory. */

export type LogLine = {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

export type EnginePage = {
  readonly page: Page;
  readonly latest: () => PhoneSnapshot;
  readonly snapshots: readonly PhoneSnapshot[];
  readonly logs: readonly LogLine[];
  readonly levels: readonly EngineReport<'engine.levels'>[];
  /** The engine's accounts of what rings. */
  readonly rings: readonly EngineReport<'engine.rang'>[];
  /** What it tells of headsets while they are watched. */
  readonly headsetNews: readonly EngineReport<'engine.headsetNews'>[];
  readonly headsetAsked: readonly EngineReport<'engine.headsetAsked'>[];
  readonly watchHeadsets: (on: boolean) => Promise<void>;
  readonly command: (command: PhoneCommand) => Promise<PhoneAnswer>;
  readonly changeSetup: (change: Partial<EngineSetup>) => Promise<void>;
  readonly orderJoin: (order: EngineOrder<'engine.join'>) => Promise<void>;
  readonly orderDevices: (order: EngineOrder<'engine.deviceOrder'>) => Promise<void>;
  readonly orderCheck: (order: EngineOrder<'engine.check'>) => Promise<void>;
  /** Has these proven; resolves to what came of each. */
  readonly prove: (
    ...proofs: readonly EngineProof[]
  ) => Promise<readonly EngineReport<'engine.proved'>[]>;
  /** What it told of checks before a shift. */
  readonly checkTold: readonly EngineReport<'engine.checkTold'>[];
  /** What it told of microphones and speakers. */
  readonly deviceReports: readonly EngineReport<'engine.devices'>[];
  readonly notes: readonly EngineReport<'engine.note'>[];
  readonly wake: (why: EngineOrder<'engine.wake'>['why']) => Promise<void>;
  readonly untilRegistered: () => Promise<void>;
  /** Waits for the newest call to be in this state. */
  readonly untilCall: <State extends Call['state']>(
    state: State,
    timeoutMs?: number,
  ) => Promise<Extract<PhoneSnapshot['calls'][number], { readonly state: State }>>;
  /** SIP messages that passed the page's WebSockets, with the time in epoch ms. */
  readonly traffic: () => Promise<
    readonly { readonly at: number; readonly way: 'in' | 'out'; readonly text: string }[]
  >;
  readonly close: () => Promise<void>;
};

export type EngineBrowser = {
  readonly open: (setup: EngineSetup) => Promise<EnginePage>;
  /** A page of its own kind, such as the bare one of the benchmark. */
  readonly openRaw: (path: string) => Promise<Page>;
  /** Of the browser's first process. */
  readonly pid: number;
  readonly close: () => Promise<void>;
};

/** Runs in the page before anything else. Serialised: it sees nothing of this file. */
const installBridge = (setup: unknown) => {
  const listeners = new Map<string, Set<(order: unknown) => void>>();
  const test = {
    setup,
    traffic: [] as { at: number; way: 'in' | 'out'; text: string }[],
    order: (name: string, order: unknown) => {
      for (const listener of listeners.get(name) ?? []) listener(order);
    },
  };
  const now = () => performance.timeOrigin + performance.now();
  const bridge = {
    request: (name: string) =>
      Promise.resolve(name === 'clock.now' ? Math.round(now()) : test.setup),
    report: (name: string, report: unknown) => {
      void (
        window as unknown as { engineReport(n: string, r: unknown): Promise<void> }
      ).engineReport(name, report);
    },
    on: (name: string, listener: (order: unknown) => void) => {
      const ofName = listeners.get(name) ?? new Set();
      listeners.set(name, ofName.add(listener));
      return () => ofName.delete(listener);
    },
  };
  const Native = window.WebSocket;
  const Recording = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        test.traffic.push({ at: now(), way: 'in', text: String(data) });
      });
    }
    override send(data: string) {
      test.traffic.push({ at: now(), way: 'out', text: data });
      super.send(data);
    }
  };
  Object.assign(window, { engineTest: test, ringsidePhone: bridge, WebSocket: Recording });
};

type TestWindow = {
  engineTest: {
    setup: unknown;
    traffic: { at: number; way: 'in' | 'out'; text: string }[];
    order(name: string, order: unknown): void;
  };
};

/** Ten seconds of one tone, what the agent "says". */
export const toneWav = (frequencyHz: number): Buffer => {
  const rate = 48_000;
  const samples = rate * 10;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index += 1) {
    const sample = 10_000 * Math.sin((2 * Math.PI * frequencyHz * index) / rate);
    wav.writeInt16LE(Math.round(sample), 44 + index * 2);
  }
  return wav;
};

/** Windows of their own storage and permissions. */
type Pages = {
  readonly newPage: () => Promise<{ readonly page: Page; readonly close: () => Promise<void> }>;
  readonly pid: number;
  readonly close: () => Promise<void>;
};

export type EngineBrowserOptions = {
  /** The environment of a sound server; without one the microphone is a file and the speakers are whatever is there. */
  readonly sound?: Readonly<Record<string, string>>;
  /** Pages of their own kind beside it, by their paths in the repository. */
  readonly pages?: readonly string[];
  /** The environment of a bed of headsets. */
  readonly headsets?: Readonly<Record<string, string>>;
  /** The browser runs in there; its pages come to it past all that the network does. */
  readonly network?: DeskNetwork;
};

type Launch = EngineBrowserOptions & { readonly folder: string; readonly origin: string };

const mediaFlags = ({ folder, sound, network }: Launch): string[] => [
  '--no-sandbox',
  // The relay's certificate is its own.
  ...(network === undefined ? [] : ['--ignore-certificate-errors']),
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  ...(sound === undefined
    ? [
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${join(folder, 'tone.wav')}`,
      ]
    : []),
];

const launchEnvironment = ({ sound, headsets }: Launch): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter((one): one is [string, string] => one[1] !== undefined),
  ),
  ...sound,
  ...headsets,
});

const openElectron = async (executablePath: string, launch: Launch): Promise<Pages> => {
  const display = hasScreen() ? null : await startDisplay({ logDir: launch.folder });
  const inside = launch.network?.inside(executablePath);
  const app = await driveElectron({
    executablePath: inside?.program ?? executablePath,
    args: [
      ...mediaFlags(launch),
      join(import.meta.dirname, 'electron-host.mjs'),
      `--user-data-dir=${join(launch.folder, 'profile')}`,
    ],
    env: {
      ...launchEnvironment(launch),
      ...(inside && { ...inside.env, RINGSIDE_DOORS: new URL(launch.origin).port }),
      ...(display === null ? {} : { DISPLAY: display.display }),
    },
  });
  return {
    newPage: async () => {
      const opened = app.waitForEvent('window');
      await app.evaluate(({ BrowserWindow }) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { backgroundThrottling: false, partition: String(Math.random()) },
        });
        void window.loadURL('about:blank');
      });
      const page = await opened;
      return { page, close: () => page.close() };
    },
    pid: app.process().pid ?? 0,
    close: async () => {
      await app.close();
      await display?.stop();
    },
  };
};

const openEngine = async (browser: Pages, url: string, setup: EngineSetup): Promise<EnginePage> => {
  const { page, close } = await browser.newPage();
  const snapshots: PhoneSnapshot[] = [];
  const logs: LogLine[] = [];
  const levels: EngineReport<'engine.levels'>[] = [];
  const rings: EngineReport<'engine.rang'>[] = [];
  const headsetNews: EngineReport<'engine.headsetNews'>[] = [];
  const headsetAsked: EngineReport<'engine.headsetAsked'>[] = [];
  const deviceReports: EngineReport<'engine.devices'>[] = [];
  const checkTold: EngineReport<'engine.checkTold'>[] = [];
  const proved: EngineReport<'engine.proved'>[] = [];
  const notes: EngineReport<'engine.note'>[] = [];
  const answers = new Map<string, (answer: PhoneAnswer) => void>();
  await page.exposeFunction('engineReport', (name: string, report: unknown) => {
    if (name === 'engine.snapshot') snapshots.push(report as PhoneSnapshot);
    if (name === 'engine.log') logs.push(report as LogLine);
    if (name === 'engine.levels') levels.push(report as EngineReport<'engine.levels'>);
    if (name === 'engine.rang') rings.push(report as EngineReport<'engine.rang'>);
    if (name === 'engine.headsetNews') {
      headsetNews.push(report as EngineReport<'engine.headsetNews'>);
    }
    if (name === 'engine.headsetAsked') {
      headsetAsked.push(report as EngineReport<'engine.headsetAsked'>);
    }
    if (name === 'engine.devices') deviceReports.push(report as EngineReport<'engine.devices'>);
    if (name === 'engine.proved') proved.push(report as EngineReport<'engine.proved'>);
    if (name === 'engine.checkTold') checkTold.push(report as EngineReport<'engine.checkTold'>);
    if (name === 'engine.note') notes.push(report as EngineReport<'engine.note'>);
    if (name === 'engine.answered') {
      const { commandId, answer } = report as { commandId: string; answer: PhoneAnswer };
      answers.get(commandId)?.(answer);
    }
  });
  let current = setup;
  await page.addInitScript(installBridge, setup);
  await page.goto(url);

  const order = (name: string, body: unknown) =>
    page.evaluate(
      ([to, what]) => (window as unknown as TestWindow).engineTest.order(to as string, what),
      [name, body],
    );
  const latest = () => {
    const snapshot = snapshots.at(-1);
    if (snapshot === undefined) throw new Error('no snapshot yet');
    return snapshot;
  };

  return {
    page,
    latest,
    snapshots,
    logs,
    levels,
    rings,
    deviceReports,
    notes,
    orderDevices: (deviceOrder) => order('engine.deviceOrder', deviceOrder),
    orderCheck: (checkOrder) => order('engine.check', checkOrder),
    checkTold,
    prove: async (...proofs) => {
      const round = randomUUID();
      await order('engine.prove', { round, proofs });
      const ofRound = () => proved.filter((each) => each.round === round);
      await until('everything is proven, or not', () => ofRound().length === proofs.length, 20_000);
      return ofRound();
    },
    headsetNews,
    headsetAsked,
    watchHeadsets: (on) => order('engine.watchHeadsets', { on }),
    command: async (command) => {
      const commandId = randomUUID();
      const answered = new Promise<PhoneAnswer>((resolve) => answers.set(commandId, resolve));
      await order('engine.command', { commandId, command });
      return answered;
    },
    changeSetup: async (change) => {
      current = { ...current, ...change };
      await order('engine.setupChanged', current);
    },
    orderJoin: (joinOrder) => order('engine.join', joinOrder),
    wake: (why) => order('engine.wake', { why }),
    untilRegistered: () =>
      until('registered', () => snapshots.at(-1)?.registration.state === 'registered', 35_000),
    untilCall: async (state, timeoutMs) => {
      const newest = () => snapshots.at(-1)?.calls.at(-1);
      await until(`a call ${state}`, () => newest()?.state === state, timeoutMs).catch(
        (error: unknown) => {
          const warned = logs.filter(({ level }) => level === 'warn' || level === 'error');
          const told = { call: newest() ?? null, warned: warned.slice(-5) };
          throw new Error(`${String(error)}; ${JSON.stringify(told)}`);
        },
      );
      return newest() as never;
    },
    traffic: () => page.evaluate(() => (window as unknown as TestWindow).engineTest.traffic),
    close: async () => {
      // Leaving lets the phone hang up; closing alone may not.
      await page.goto('about:blank');
      await close();
    },
  };
};

const enginePath = 'src/renderer/phone/index.html';

/** Builds the page (and others beside it) and starts a browser whose microphone says `agentToneHz`. */
export const startEngineBrowser = async (
  options: EngineBrowserOptions = {},
): Promise<EngineBrowser> => {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-engine-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: repositoryDirectory,
    base: '/',
    worker: { format: 'es' },
    build: {
      outDir: join(folder, 'www'),
      emptyOutDir: true,
      target: 'chrome130',
      rolldownOptions: {
        input: [enginePath, ...(options.pages ?? [])].map((path) =>
          join(repositoryDirectory, path),
        ),
      },
    },
  });
  await writeFile(join(folder, 'tone.wav'), toneWav(agentToneHz));
  const { origin, close } = await serveFolder(join(folder, 'www'), {
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws: wss:; media-src 'none'",
  });
  const { executable } = await ensureElectron(cacheDirectory());
  const browser = await openElectron(executable, { folder, origin, ...options });
  return {
    open: (setup) => openEngine(browser, `${origin}/${enginePath}`, setup),
    openRaw: async (path) => {
      const { page } = await browser.newPage();
      await page.goto(`${origin}/${path}`);
      return page;
    },
    pid: browser.pid,
    close: async () => {
      await browser.close();
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
