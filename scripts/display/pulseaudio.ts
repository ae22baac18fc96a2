import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../platform/problem.ts';
import { runProgram } from '../platform/run-program.ts';
import type { Child } from '../services/child.ts';
import { startChild, tailOf } from '../services/child.ts';
import { rmsDb } from './levels.ts';
import { encodeWav } from './wav.ts';

/** Pass as Electron's environment so that it uses these devices and no others. */
export type SoundEnvironment = {
  readonly PULSE_SERVER: string;
  readonly PULSE_RUNTIME_PATH: string;
};

export type Sink = 'headset' | 'speakers';
export type Microphone = 'headset_mic' | 'laptop_mic';

export type Playback = { readonly finished: Promise<void>; readonly stop: () => void };

export type Capture = {
  readonly wavPath: string;
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly rmsDb: number;
};

export type Sound = {
  readonly env: SoundEnvironment;
  readonly child: Child;
  /** What is said into the microphone. */
  readonly playIntoMicrophone: (wavPath: string, microphone?: Microphone) => Playback;
  /** What is heard in the headset, or at the loudspeakers. */
  readonly captureHeadset: (seconds: number, wavPath: string, sink?: Sink) => Promise<Capture>;
  readonly stop: () => Promise<void>;
};

const SAMPLE_RATE = 48_000;
const READY_TIMEOUT_MS = 10_000;

const nullSink = (name: string, label: string, channels: number): string =>
  `load-module module-null-sink sink_name=${name} rate=${SAMPLE_RATE} channels=${channels} sink_properties='device.description="${label}"'`;

/** A microphone is the far end of a sink that nobody hears. */
const microphone = (name: string, label: string): readonly string[] => [
  nullSink(`${name}_feed`, `${label} (input)`, 1),
  `load-module module-remap-source source_name=${name} master=${name}_feed.monitor channels=1 rate=${SAMPLE_RATE} source_properties='device.description="${label}"'`,
];

const script = (socket: string): string =>
  [
    `load-module module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    nullSink('headset', 'Ringside_Headset', 2),
    nullSink('speakers', 'Ringside_Speakers', 2),
    ...microphone('headset_mic', 'Ringside_Headset_Microphone'),
    ...microphone('laptop_mic', 'Ringside_Laptop_Microphone'),
    'set-default-sink headset',
    'set-default-source headset_mic',
    '',
  ].join('\n');

const waitUntilReady = async (child: Child, env: SoundEnvironment, logFile: string) => {
  const giveUpAt = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const { code, output } = await runProgram('pactl', ['list', 'short', 'sources'], { env });
    if (code === 0 && output.includes('laptop_mic\t')) return;
    if (child.hasExited() || performance.now() > giveUpAt) {
      throw new Problem('The sound server (PulseAudio) did not start.', tailOf(logFile));
    }
    await pause(50);
  }
};

const play = (env: SoundEnvironment, device: string, wavPath: string): Playback => {
  const player = spawn('paplay', [`--device=${device}`, '--latency-msec=40', wavPath], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const finished = new Promise<void>((resolve, reject) => {
    player.once('error', reject);
    player.once('exit', (code, signal) => {
      if (code === 0 || signal !== null) resolve();
      else reject(new Error(`paplay could not play ${wavPath} (${code ?? 'no code'})`));
    });
  });
  // Whoever does not wait for the end does not care how it came.
  finished.catch(() => undefined);
  return { finished, stop: () => player.kill() };
};

const capture = async (
  env: SoundEnvironment,
  sink: Sink,
  seconds: number,
  wavPath: string,
): Promise<Capture> => {
  const recorder = spawn(
    'parec',
    [
      `--device=${sink}.monitor`,
      '--raw',
      '--format=s16le',
      `--rate=${SAMPLE_RATE}`,
      '--channels=1',
      '--latency-msec=20',
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const wantedBytes = Math.round(seconds * SAMPLE_RATE) * 2;
  const chunks: Buffer[] = [];
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    const tooLate = setTimeout(
      () => {
        recorder.kill('SIGKILL');
        reject(new Error(`The sound server gave ${bytes} of ${wantedBytes} bytes.`));
      },
      seconds * 1000 + 5000,
    );
    recorder.once('error', reject);
    recorder.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= wantedBytes) recorder.kill();
    });
    recorder.once('close', () => {
      clearTimeout(tooLate);
      resolve();
    });
  });
  const raw = Buffer.concat(chunks).subarray(0, wantedBytes);
  const samples = Int16Array.from({ length: Math.floor(raw.length / 2) }, (_, index) =>
    raw.readInt16LE(index * 2),
  );
  writeFileSync(wavPath, encodeWav(samples, SAMPLE_RATE));
  return { wavPath, samples, sampleRate: SAMPLE_RATE, rmsDb: rmsDb(samples) };
};

/** Starts a sound server of its own with a headset, loudspeakers and two microphones that exist only there. */
export const startSound = async ({ logDir }: { readonly logDir: string }): Promise<Sound> => {
  // A socket's path holds about 100 characters: never inside a data folder of unknown depth.
  const home = join(tmpdir(), `ringside-sound-${process.pid}-${Date.now().toString(36)}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const socket = join(home, 'native');
  const env: SoundEnvironment = { PULSE_SERVER: `unix:${socket}`, PULSE_RUNTIME_PATH: home };
  const scriptFile = join(home, 'devices.pa');
  writeFileSync(scriptFile, script(socket));
  const logFile = join(logDir, 'pulseaudio.log');
  const child = await startChild({
    name: 'PulseAudio',
    command: 'pulseaudio',
    args: [
      '-n',
      '-F',
      scriptFile,
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--use-pid-file=no',
      '--realtime=no',
      '--high-priority=no',
      '--disable-shm=yes',
    ],
    env: { ...env, HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home },
    logFile,
    stopTimeoutMs: 3000,
  });
  const stop = async () => {
    await child.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(child, env, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env,
    child,
    playIntoMicrophone: (wavPath, into = 'headset_mic') => play(env, `${into}_feed`, wavPath),
    captureHeadset: (seconds, wavPath, sink = 'headset') => capture(env, sink, seconds, wavPath),
    stop,
  };
};
