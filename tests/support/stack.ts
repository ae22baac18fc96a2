import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readWav } from '../../scripts/display/read-wav.ts';
import { encodeWav } from '../../scripts/display/wav.ts';
import { type Screen, startVirtualScreen } from '../../scripts/display/screen.ts';
import type { Playback } from '../../scripts/display/pulseaudio.ts';
import { writeAgentVoice } from '../../scripts/headless/agent-voice.ts';
import type { Row } from '../../scripts/headless/database-observer.ts';
import { observePbx, type PbxObserver } from '../../scripts/headless/pbx-observer.ts';
import { ensureBuilt } from '../../scripts/platform/build-app.ts';
import { type Electron, ensureElectron } from '../../scripts/platform/electron.ts';
import { cacheDirectory } from '../../scripts/platform/paths.ts';
import type { DemoUser } from '../../scripts/services/demo-users.ts';
import type { RunningAsterisk } from '../../scripts/services/asterisk.ts';
import {
  type RunningServices,
  type ServicesOptions,
  startServices,
} from '../../scripts/services/start-services.ts';
import { type ApiUser, signInToApi } from './api-user.ts';

/** Database, PBX, backend, a screen and a headset, for all end-to-end tests of one worker. */
export type Stack = {
  readonly services: RunningServices;
  readonly electron: Electron;
  readonly screen: Screen;
  /** An ear at the PBX beside the backend's. */
  readonly pbx: PbxObserver;
  /** Reads the tables themselves, past the backend. */
  readonly rows: (sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly user: (username: string) => DemoUser;
  /** The administrator, signed in at the API without an app. */
  readonly administrator: ApiUser;
  readonly scratch: string;
  /** Files of recordings, finished or not. */
  readonly recordings: () => readonly string[];
  /** What was said about services that ended and came back. */
  readonly reports: readonly string[];
  readonly stop: () => Promise<void>;
};

const voiceSeconds = 10;
/** So many times in one file: each start of the player is a short silence. */
const voiceRepeats = 60;

const writeLongVoice = async (wavPath: string): Promise<void> => {
  await writeAgentVoice(wavPath, voiceSeconds);
  const { channels, sampleRate } = await readWav(wavPath);
  const once = channels[0] ?? new Int16Array();
  const samples = new Int16Array(once.length * voiceRepeats);
  for (let count = 0; count < voiceRepeats; count += 1) samples.set(once, count * once.length);
  await writeFile(wavPath, encodeWav(samples, sampleRate));
};

/** Says the same sound again and again into the headset's microphone. */
const speakForEver = (screen: Screen, wavPath: string): (() => void) => {
  let stopped = false;
  let playing: Playback;
  const next = (): void => {
    if (stopped) return;
    playing = screen.sound.playIntoMicrophone(wavPath);
    playing.finished.then(next, next);
  };
  next();
  return () => {
    stopped = true;
    playing.stop();
  };
};

const createRows = (databaseUrl: string) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // The server is killed in some tests; the pool connects anew by itself.
  pool.on('error', () => undefined);
  return {
    rows: async (sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
      (await pool.query<Row>(sql, [...values])).rows,
    end: () => pool.end(),
  };
};

/** `exchange`: another one than the embedded PBX, which the services are told of by the environment. */
export const startStack = async (
  exchange?: RunningAsterisk,
  options: Pick<ServicesOptions, 'mediaAddress' | 'backendEnv'> = {},
): Promise<Stack> => {
  const closing: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    await ensureBuilt();
    const electron = await ensureElectron(cacheDirectory());
    const scratch = mkdtempSync(join(tmpdir(), 'ringside-e2e-'));
    closing.push(() => rm(scratch, { recursive: true, force: true }));
    const reports: string[] = [];
    const services = await startServices({
      dataDir: join(scratch, 'data'),
      demo: true,
      report: (text) => reports.push(text),
      ...options,
    });
    closing.push(services.stop);
    const asterisk = exchange ?? services.asterisk?.current();
    if (asterisk === undefined) throw new Error('end-to-end tests need the embedded PBX');
    const logDir = join(scratch, 'logs');
    mkdirSync(logDir);
    const screen = await startVirtualScreen(logDir);
    closing.push(screen.stop);
    const voice = join(scratch, 'agent.wav');
    await writeLongVoice(voice);
    closing.push(speakForEver(screen, voice));
    const pbx = await observePbx(asterisk);
    closing.push(pbx.stop);
    const database = createRows(services.databaseUrl);
    closing.push(database.end);
    const user = (username: string): DemoUser => {
      const found = services.users.find((candidate) => candidate.username === username);
      if (found === undefined) throw new Error(`the demo has no user ${username}`);
      return found;
    };
    const administrator = await signInToApi(services.backendUrl, user('admin'));
    return {
      services,
      electron,
      screen,
      pbx,
      rows: database.rows,
      user,
      administrator,
      scratch,
      recordings: () =>
        readdirSync(services.pbx.recordings, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name)),
      reports,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
