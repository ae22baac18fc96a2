import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from '../../../scripts/platform/find-program.ts';
import { Problem } from '../../../scripts/platform/problem.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import {
  type Button,
  describeHeadset,
  describePort,
  type HeadsetModel,
  inputReport,
  type Light,
  lightsIn,
  soundCardOf,
} from './headset-model.ts';

/** An output report with its id, and when the headset had it (epoch ms, with fractions). */
export type LightReport = { readonly at: number; readonly bytes: Uint8Array };

export type Headset = {
  readonly model: HeadsetModel;
  readonly isPlugged: () => boolean;
  readonly plug: () => Promise<void>;
  readonly unplug: () => Promise<void>;
  /** Sends an input report whose buttons are these and no others; answers when it left (epoch ms). */
  readonly send: (...pressed: readonly Button[]) => Promise<number>;
  /** The same of a report that holds none of the buttons, or with bytes that no model knows. */
  readonly sendBytes: (bytes: Uint8Array) => Promise<number>;
  /** Every output report since it was plugged in. */
  readonly reports: () => readonly LightReport[];
  /** What each light was told last, since it was plugged in; missing: nothing. */
  readonly lights: () => Readonly<Partial<Record<Light, boolean>>>;
  /** Waits until the lights are as this asks; answers when the report came that made them so. */
  readonly lightsBecome: (
    wanted: Readonly<Partial<Record<Light, boolean>>>,
    withinMs?: number,
  ) => Promise<number>;
  /** Hears of each output report as it comes. */
  readonly onReport: (listener: (report: LightReport) => void) => () => void;
  /** The system tells of its sound card, so that programs look again (`devicechange`). */
  readonly tellSound: (action: 'add' | 'remove') => Promise<void>;
};

export type HeadsetBed = {
  /** Programs that are started with it have these headsets, and no other HID device. */
  readonly env: Readonly<Record<string, string>>;
  readonly headsets: readonly Headset[];
  readonly stop: () => Promise<void>;
};

const preload = 'libumockdev-preload.so.0';

const compile = async (source: string, output: string, ...more: string[]): Promise<string> => {
  const compiler = findProgram('cc') ?? findProgram('gcc');
  const flags = await runProgram('pkg-config', ['--cflags', '--libs', 'umockdev-1.0']);
  if (compiler === undefined || flags.code !== 0) {
    throw new Problem('Headsets without hardware need a C compiler, pkg-config and umockdev.');
  }
  const from = join(import.meta.dirname, source);
  const args = ['-O1', ...more, '-o', output, from, ...flags.output.trim().split(/\s+/u)];
  const done = await runProgram(compiler, args);
  if (done.code !== 0) throw new Problem('The bed of headsets cannot be compiled.', done.output);
  return output;
};

type Line = readonly string[];

/** The bed's program: one answer for each order, in order; reports come in between. */
const startProgram = (program: string, onReport: (name: string, report: LightReport) => void) => {
  const child = spawn(program, [], {
    env: { ...process.env, LD_PRELOAD: preload },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { resolve: (line: Line) => void; reject: (why: Error) => void }[] = [];
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const next = (): Promise<Line> =>
    new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  const failAll = (): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the bed of headsets ended'));
  };
  child.once('error', failAll);
  child.once('close', failAll);
  child.stdin.on('error', failAll);
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = text.split(' ');
    const [word, name = '', at, hex = ''] = line;
    if (word === 'out') {
      onReport(name, { at: Number(at), bytes: Uint8Array.from(Buffer.from(hex, 'hex')) });
      return;
    }
    if (word === 'lost') throw new Error(`${name} has no output report ${at ?? ''}`);
    const asker = waiting.shift();
    if (word === 'error') asker?.reject(new Error(`the bed of headsets: ${text}`));
    else asker?.resolve(line);
  });
  const ready = next();
  return {
    ready,
    /** Answers when it was done, epoch ms. */
    order: async (text: string): Promise<number> => {
      const answer = next();
      child.stdin.write(`${text}\n`);
      return Number((await answer).at(-1));
    },
    stop: async () => {
      child.stdin.end();
      await gone;
    },
  };
};

const defaultWaitMs = 5_000;

const createHeadset = (
  model: HeadsetModel,
  port: number,
  file: string,
  order: (text: string) => Promise<number>,
) => {
  const name = `h${port}`;
  const listeners = new Set<(report: LightReport) => void>();
  let isPlugged = false;
  let reports: LightReport[] = [];
  const lights = new Map<Light, boolean>();
  const sendBytes = (bytes: Uint8Array): Promise<number> =>
    order(`in ${name} ${Buffer.from(bytes).toString('hex')}`);
  const fits = (wanted: Readonly<Partial<Record<Light, boolean>>>): boolean =>
    Object.entries(wanted).every(([light, on]) => (lights.get(light as Light) ?? false) === on);
  const headset: Headset = {
    model,
    isPlugged: () => isPlugged,
    plug: async () => {
      reports = [];
      lights.clear();
      isPlugged = true;
      await order(`plug ${name} ${file}`);
    },
    unplug: async () => {
      isPlugged = false;
      await order(`unplug ${name}`);
    },
    send: (...pressed) => {
      const [first] = pressed;
      const place = first === undefined ? model.buttons.hook : model.buttons[first];
      if (place === undefined) throw new Error(`${model.product} has no ${first ?? 'hook'} button`);
      return sendBytes(inputReport(model, place.reportId, new Set(pressed)));
    },
    sendBytes,
    reports: () => reports,
    lights: () => Object.fromEntries(lights),
    lightsBecome: (wanted, withinMs = defaultWaitMs) =>
      new Promise((resolve, reject) => {
        const last = reports.at(-1);
        if (fits(wanted) && last !== undefined) {
          resolve(last.at);
          return;
        }
        const stop = headset.onReport(({ at }) => {
          if (!fits(wanted)) return;
          clearTimeout(tooLate);
          stop();
          resolve(at);
        });
        const tooLate = setTimeout(() => {
          stop();
          const now = JSON.stringify(headset.lights());
          reject(new Error(`the lights are ${now}, not ${JSON.stringify(wanted)}`));
        }, withinMs);
      }),
    onReport: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tellSound: async (action) => {
      await order(`uevent ${soundCardOf(port)} ${action}`);
    },
  };
  return {
    headset,
    name,
    hear: (report: LightReport): void => {
      reports.push(report);
      for (const [light, on] of lightsIn(model, report.bytes)) lights.set(light, on);
      for (const listener of listeners) listener(report);
    },
  };
};

/**
 * Headsets without hardware, for programs that are started with the bed's `env`. None is plugged in yet. Linux, with what
 * `ensureSystemLibraries` calls `headset`.
 */
export const headsetBed = async (...models: readonly HeadsetModel[]): Promise<HeadsetBed> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-headsets-'));
  try {
    const byName = new Map<string, ReturnType<typeof createHeadset>>();
    const [bedProgram, forkLock] = await Promise.all([
      compile('headset-bed.c', join(folder, 'headset-bed')),
      compile('fork-lock.c', join(folder, 'fork-lock.so'), '-shared', '-fPIC', '-pthread'),
    ]);
    const program = startProgram(bedProgram, (name, report) => {
      byName.get(name)?.hear(report);
    });
    const [, root = ''] = await program.ready;
    for (const [index, model] of models.entries()) {
      const port = index + 1;
      const portFile = join(folder, `port-${port}.umockdev`);
      writeFileSync(portFile, describePort(port));
      await program.order(`add ${portFile}`);
      const file = join(folder, `headset-${port}.umockdev`);
      writeFileSync(file, describeHeadset(model, port));
      const made = createHeadset(model, port, file, program.order);
      byName.set(made.name, made);
    }
    return {
      env: { LD_PRELOAD: `${forkLock}:${preload}`, UMOCKDEV_DIR: root },
      headsets: [...byName.values()].map(({ headset }) => headset),
      stop: async () => {
        await program.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};
