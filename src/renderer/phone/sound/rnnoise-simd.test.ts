import { expect, test } from 'vitest';
import { loadRnnoise } from './load-rnnoise.ts';
import { known, withFastLayers } from './rnnoise-simd.ts';
import { beginningWith, withChangedFunction, type Bytes } from './wasm-program.ts';

const sampleRate = 48_000;
const frame = 480;

/** A voice whose pitch wanders, in syllables, among noise: between -32,768 and 32,767. */
const spoken = (seconds: number): Float32Array => {
  let [phase, seed] = [0, 1];
  return Float32Array.from({ length: seconds * sampleRate }, (_, at) => {
    const time = at / sampleRate;
    phase += (2 * Math.PI * (140 + 40 * Math.sin(3 * time))) / sampleRate;
    let voice = 0;
    for (let partial = 1; partial < 20; partial += 1) voice += Math.sin(partial * phase) / partial;
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return 3_000 * Math.max(0, Math.sin(8 * time)) * voice + 1_500 * (seed / 2 ** 31 - 1);
  });
};

/** The program that the package carries, as it came and as it runs. */
const programs = async (): Promise<{ readonly came: Bytes; readonly runs: Bytes }> => {
  let seen: { came: Bytes; runs: Bytes } | undefined;
  await loadRnnoise((came) => {
    seen = { came, runs: withFastLayers(came) };
    return seen.runs;
  });
  if (seen === undefined) throw new Error('the package was handed no program');
  return seen;
};

const suppressed = async (
  change: (program: Bytes) => Bytes,
  samples: Float32Array,
): Promise<{ readonly samples: Float32Array; readonly seconds: number }> => {
  const state = (await loadRnnoise(change)).createDenoiseState();
  const result = new Float32Array(samples);
  const before = process.cpuUsage().user;
  for (let at = 0; at + frame <= result.length; at += frame) {
    state.processFrame(result.subarray(at, at + frame));
  }
  return { samples: result, seconds: (process.cpuUsage().user - before) / 1e6 };
};
const asItCame = (program: Bytes): Bytes => program;

test('the program of the package in use is known, and made faster', async () => {
  const { came, runs } = await programs();
  expect(runs).not.toBe(came);
  expect(WebAssembly.validate(runs)).toBe(true);
});

test('what it makes of a voice in noise is the same to the last bit, in less than half the time', async () => {
  const samples = spoken(8);
  const slow = await suppressed(asItCame, samples);
  const fast = await suppressed(withFastLayers, samples);
  const differing = (other: Float32Array): number =>
    slow.samples.filter((sample, at) => sample !== other[at]).length;
  expect(differing(samples)).toBeGreaterThan(samples.length / 2);
  expect(differing(fast.samples)).toBe(0);
  expect(fast.seconds).toBeLessThan(slow.seconds / 2);
});

test('a program in which the function is another stays as it is', async () => {
  const { came } = await programs();
  const nothing = 0x01;
  const other = withChangedFunction(came, (body) =>
    body.code.length === known.length ? beginningWith(body, [], () => [nothing], 3) : null,
  );
  expect(other).not.toBe(null);
  expect(WebAssembly.validate(other ?? came.slice(1))).toBe(true);
  expect(withFastLayers(other ?? came)).toBe(other);
});
