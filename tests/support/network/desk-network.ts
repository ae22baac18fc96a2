import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from '../../../scripts/platform/find-program.ts';
import { Problem } from '../../../scripts/platform/problem.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';

/** How a network carries packets, each way; what is not named is none. */
export type Conditions = {
  readonly delayMs?: number;
  /** Normally distributed, so that packets overtake each other. */
  readonly jitterMs?: number;
  /** So many packets are late by so much more, and what follows waits behind them. */
  readonly spike?: { readonly percent: number; readonly ms: number };
  readonly lossPercent?: number;
  /** Gilbert-Elliott: so many packets begin a burst, and so many of those in it end it. */
  readonly burst?: { readonly beginPercent: number; readonly endPercent: number };
  readonly rateKbit?: number;
  readonly queuePackets?: number;
  /** Nothing passes, and nobody is told. */
  readonly isDown?: boolean;
  readonly isUdpBlocked?: boolean;
};

export type Device = 'eth0' | 'wlan0';

/** One desk's network, joined with this machine by a network that fails on command. */
export type DeskNetwork = {
  /** This machine, as the desk sees it. */
  readonly machine: string;
  /** Of the desk; `nth` from 2 to 254. */
  readonly address: (nth: number) => string;
  /** From now on, whole. */
  readonly set: (conditions: Conditions) => Promise<void>;
  /** The device has this address, and is the way out. */
  readonly plug: (device: Device, nth: number) => Promise<void>;
  readonly unplug: (device: Device) => Promise<void>;
  /** A program, to be started with `env`, that is this one inside the desk's network. */
  readonly inside: (program: string) => {
    readonly program: string;
    readonly env: Readonly<Record<string, string>>;
  };
  /** A port of `machine` that leads to one of this machine's loopback. */
  readonly openDoor: (targetPort: () => number) => Promise<Door>;
  readonly stop: () => Promise<void>;
};

export type Door = { readonly port: number; readonly close: () => void };

const compile = async (name: string, folder: string): Promise<string> => {
  const compiler = findProgram('cc') ?? findProgram('gcc');
  if (compiler === undefined) throw new Problem('A network for a desk needs a C compiler.');
  const output = join(folder, name);
  const source = join(import.meta.dirname, `${name}.c`);
  const done = await runProgram(compiler, ['-O2', '-o', output, source, '-lm']);
  if (done.code !== 0) throw new Problem(`${name}.c cannot be compiled.`, done.output);
  return output;
};

const words = (conditions: Conditions): string => {
  const { spike, burst } = conditions;
  const all: Readonly<Record<string, string | number | undefined>> = {
    delay: conditions.delayMs,
    jitter: conditions.jitterMs,
    spike: spike && `${spike.percent},${spike.ms}`,
    loss: conditions.lossPercent,
    burst: burst && `${burst.beginPercent},${burst.endPercent}`,
    rate: conditions.rateKbit,
    queue: conditions.queuePackets,
    down: conditions.isDown === true ? 1 : undefined,
    udp: conditions.isUdpBlocked === true ? 0 : undefined,
  };
  return Object.entries(all)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}=${value}`]))
    .join('');
};

/** For tests of network devices (RFC 2544 §C.2.2): never routed. */
const freePrefix = (): string => {
  const taken = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address }) => address.split('.').slice(0, 3).join('.')),
  );
  for (;;) {
    const prefix = `198.${18 + Math.floor(Math.random() * 2)}.${Math.floor(Math.random() * 256)}`;
    if (!taken.includes(prefix)) return prefix;
  }
};

/** What the emulator answers, in order. */
const startEmulator = async (program: string, prefix: string) => {
  const child = spawn(program, [prefix], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const waiting: { resolve: (line: string) => void; reject: (why: Error) => void }[] = [];
  const answer = () => new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }));
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      for (const one of waiting.splice(0)) one.reject(new Error(`no network: ${complaint}`));
      resolve();
    });
  });
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.resolve(line));
  const [, pid = ''] = (await answer()).split(' ');
  return {
    pid,
    order: async (line: string): Promise<void> => {
      const answered = answer();
      child.stdin.write(`${line}\n`);
      if ((await answered) !== 'ok') throw new Error(`the network did not understand: ${line}`);
    },
    stop: async () => {
      child.stdin.end();
      await gone;
    },
  };
};

const openDoor = async (host: string, targetPort: () => number): Promise<Door> => {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort(), '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

/** Linux, as root: a network namespace that is gone when this process is. */
export const openDeskNetwork = async (): Promise<DeskNetwork> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-network-'));
  try {
    const [emulator, entrance] = await Promise.all([
      compile('network-emulator', folder),
      compile('in-network', folder),
    ]);
    const prefix = freePrefix();
    const { pid, order, stop } = await startEmulator(emulator, prefix);
    const doors: Door[] = [];
    const address = (nth: number): string => `${prefix}.${nth}`;
    return {
      machine: address(1),
      address,
      set: (conditions) => order(`set${words(conditions)}`),
      plug: (device, nth) => order(`on ${device} ${address(nth)}`),
      unplug: (device) => order(`off ${device}`),
      inside: (program) => ({
        program: entrance,
        env: { RINGSIDE_NETWORK: pid, RINGSIDE_PROGRAM: program },
      }),
      openDoor: async (targetPort) => {
        const door = await openDoor(address(1), targetPort);
        doors.push(door);
        return door;
      },
      stop: async () => {
        for (const door of doors) door.close();
        await stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};
