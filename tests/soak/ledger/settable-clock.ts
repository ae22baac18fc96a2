import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../../scripts/platform/find-program.ts';
import { Problem } from '../../../scripts/platform/problem.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';

const nsPerMs = 1_000_000n;

/** The clocks of one machine among several on this one: programs that are started with `env` go by them. */
export type SettableClock = {
  readonly env: Readonly<Record<string, string>>;
  /** How far the wall clock is set, ms. */
  readonly set: (ms: number) => void;
  /** How long the machine has slept, ms: its monotonic clocks stood still meanwhile. */
  readonly sleep: (ms: number) => void;
};

export type SettableClocks = {
  readonly open: (name: string) => SettableClock;
  readonly close: () => void;
};

/** Linux, with a C compiler: the library that stands before the system's clocks is compiled at each run. */
export const openSettableClocks = async (): Promise<SettableClocks> => {
  const compiler = findProgram('cc') ?? findProgram('gcc');
  if (process.platform !== 'linux' || compiler === undefined) {
    throw new Problem('Clocks can be set on Linux alone, with a C compiler (cc).');
  }
  const folder = mkdtempSync(join(tmpdir(), 'ringside-clocks-'));
  const library = join(folder, 'wall-clock.so');
  const source = join(import.meta.dirname, 'wall-clock.c');
  const { code, output } = await runProgram(compiler, [
    '-shared',
    '-fPIC',
    '-o',
    library,
    source,
    '-ldl',
  ]);
  if (code !== 0) throw new Problem('The library of the clocks cannot be compiled.', output);
  return {
    open: (name) => {
      const file = join(folder, name);
      const shift = Buffer.alloc(16);
      const write = (place: 0 | 8, ms: number): void => {
        shift.writeBigInt64LE(BigInt(ms) * nsPerMs, place);
        const descriptor = openSync(file, 'r+');
        writeSync(descriptor, shift, place, 8, place);
        closeSync(descriptor);
      };
      const made = openSync(file, 'wx');
      writeSync(made, shift);
      closeSync(made);
      return {
        env: { LD_PRELOAD: library, RINGSIDE_CLOCK: file },
        set: (ms) => write(0, ms),
        sleep: (ms) => write(8, ms),
      };
    },
    close: () => rmSync(folder, { recursive: true }),
  };
};
