import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildRecordingWav } from './recording-files.ts';

const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
let folder: string;

const part = (who: string, samples: readonly number[]) =>
  writeFile(join(folder, `${ID}.${who}.sln16`), Buffer.from(Int16Array.from(samples).buffer));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-'));
});

afterEach(() => rm(folder, { recursive: true }));

const samplesOf = async (): Promise<readonly number[]> => {
  const wav = await readFile(join(folder, `${ID}.wav`));
  const samples: number[] = [];
  for (let at = 44; at < wav.length; at += 2) samples.push(wav.readInt16LE(at));
  return samples;
};

test('the agent is on the first channel, the customer on the second', async () => {
  await part('agent', [1, 2, -3]);
  await part('customer', [10, 20, -30]);
  expect(await buildRecordingWav(folder, ID)).toEqual({ ok: true, value: `${folder}/${ID}.wav` });
  expect(await samplesOf()).toEqual([1, 10, 2, 20, -3, -30]);
  const head = (await readFile(join(folder, `${ID}.wav`))).subarray(0, 44);
  expect(head.readUInt32LE(4)).toBe(36 + 12);
  expect([head.readUInt16LE(22), head.readUInt32LE(24), head.readUInt16LE(34)]).toEqual([
    2, 16_000, 16,
  ]);
  expect(head.readUInt32LE(40)).toBe(12);
});

test('a part that was cut short is followed by silence', async () => {
  const count = 32_768 + 100;
  await part('agent', Array<number>(50).fill(1));
  await part('customer', Array<number>(count).fill(10));
  await buildRecordingWav(folder, ID);
  const samples = await samplesOf();
  expect(samples).toHaveLength(count * 2);
  expect(samples.every((s, i) => s === (i % 2 === 1 ? 10 : i < 100 ? 1 : 0))).toBe(true);
});

test('long parts are joined without a seam', async () => {
  const count = 32_768 * 2 + 5;
  const ramp = Array.from({ length: count }, (_, i) => (i % 30_000) + 1);
  await part('agent', ramp);
  await part(
    'customer',
    ramp.map((sample) => -sample),
  );
  await buildRecordingWav(folder, ID);
  const samples = await samplesOf();
  expect(samples).toHaveLength(count * 2);
  expect(samples.every((s, i) => s === (i % 2 === 0 ? 1 : -1) * (ramp[i >> 1] ?? 0))).toBe(true);
});

test('only the finished file remains, and asking again gives the same', async () => {
  await part('agent', [1]);
  await part('customer', [2]);
  await buildRecordingWav(folder, ID);
  expect(await readdir(folder)).toEqual([`${ID}.wav`]);
  expect((await buildRecordingWav(folder, ID)).ok).toBe(true);
});

test('no recording is no file', async () => {
  expect(await buildRecordingWav(folder, ID)).toEqual({ ok: false, why: 'absent' });
  expect(await readdir(folder)).toEqual([]);
});
