import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualScreen, type Screen } from '../../../scripts/display/screen.ts';
import type { Playback } from '../../../scripts/display/pulseaudio.ts';
import { writeAgentVoice } from '../../../scripts/headless/agent-voice.ts';
import { observeDatabase } from '../../../scripts/headless/database-observer.ts';
import { observePbx, type PbxObserver } from '../../../scripts/headless/pbx-observer.ts';
import { ensureBuilt } from '../../../scripts/platform/build-app.ts';
import { ensureElectron, type Electron } from '../../../scripts/platform/electron.ts';
import { cacheDirectory } from '../../../scripts/platform/paths.ts';
import { ensureSystemLibraries } from '../../../scripts/platform/system-libraries.ts';
import type { DemoUser } from '../../../scripts/services/demo-users.ts';
import { startServices, type RunningServices } from '../../../scripts/services/start-services.ts';
import type { DemoCall, Session } from '../../../src/shared/api/routes.ts';
import { openSipTap, type SipTap } from './sip-tap.ts';

/** A whole contact centre with a screen, a headset that speaks, and ears at the PBX and on the line to it. */
export type Centre = {
  readonly services: RunningServices;
  readonly electron: Electron;
  readonly screen: Screen;
  readonly pbx: PbxObserver;
  readonly tap: SipTap;
  /** Removed at the end. */
  readonly scratch: string;
  /** Signs in as the app; as `bare` the phone that it is compared with. */
  readonly agents: { readonly app: DemoUser; readonly bare: DemoUser };
  /** Numbers of customers, each known once. */
  readonly numbers: readonly string[];
  readonly signIn: (user: DemoUser) => Promise<Session>;
  readonly placeCall: (call: DemoCall) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const voiceSeconds = 30;

const postJson = async (url: string, body: object, token?: string): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
};

/** Speaks until it is stopped. */
const speakOn = (screen: Screen, voice: string): (() => void) => {
  let stopped = false;
  let playing: Playback;
  const next = (): void => {
    playing = screen.sound.playIntoMicrophone(voice);
    playing.finished.then(
      () => {
        if (!stopped) next();
      },
      () => undefined,
    );
  };
  next();
  return () => {
    stopped = true;
    playing.stop();
  };
};

/** Numbers that find exactly one customer. */
const knownNumbers = async (databaseUrl: string): Promise<readonly string[]> => {
  const database = await observeDatabase(databaseUrl);
  try {
    const rows = await database.rows(
      `SELECT number FROM customer_numbers GROUP BY number HAVING count(*) = 1
       AND number LIKE '+%' ORDER BY number`,
    );
    return rows.map((row) => String(row['number']));
  } finally {
    await database.stop();
  }
};

/** `backendEnv`: beside what every centre has. */
export const openCentre = async (
  backendEnv: Readonly<Record<string, string>> = {},
): Promise<Centre> => {
  const open: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of open.splice(0).reverse()) await close();
  };
  try {
    const electron = await ensureElectron(cacheDirectory());
    await ensureSystemLibraries(['app', 'display', 'sound'], electron.executable);
    await ensureBuilt();
    const scratch = await mkdtemp(join(tmpdir(), 'ringside-bench-'));
    open.push(() => rm(scratch, { recursive: true, force: true }));
    const dataDir = join(scratch, 'data');
    await mkdir(join(dataDir, 'logs'), { recursive: true });
    const tap = await openSipTap();
    open.push(tap.close);
    const services = await startServices({
      dataDir,
      demo: true,
      backendEnv: { RINGSIDE_SIP_URL: tap.url, ...backendEnv },
    });
    open.push(services.stop);
    const asterisk = services.asterisk?.current();
    if (asterisk === undefined) throw new Error('the bench needs the embedded PBX');
    tap.connectTo(asterisk.sipUrl);
    const screen = await startVirtualScreen(join(dataDir, 'logs'));
    open.push(screen.stop);
    const pbx = await observePbx(asterisk);
    open.push(pbx.stop);
    const voice = join(scratch, 'agent.wav');
    await writeAgentVoice(voice, voiceSeconds);
    open.push(speakOn(screen, voice));

    const signIn = async ({ username, password }: DemoUser): Promise<Session> =>
      // Our own backend's answer, by its own schema.
      (await postJson(`${services.backendUrl}/api/v1/session`, {
        username,
        password,
        deviceId: randomUUID(),
      })) as Session;
    const [app, bare] = services.users.filter(({ role }) => role === 'agent');
    const supervisor = services.users.find(({ role }) => role === 'supervisor');
    if (app === undefined || bare === undefined || supervisor === undefined) {
      throw new Error('the demo lacks people');
    }
    const { token } = await signIn(supervisor);
    return {
      services,
      electron,
      screen,
      pbx,
      tap,
      scratch,
      agents: { app, bare },
      numbers: await knownNumbers(services.databaseUrl),
      signIn,
      placeCall: async (call) => {
        await postJson(`${services.backendUrl}/api/v1/demo/customer-call`, call, token);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
