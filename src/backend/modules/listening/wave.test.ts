import { expect, test } from 'vitest';
import { wavHeader } from '../../wav-header.ts';
import { waveOf } from './wave.ts';

const rate = 8_000;

/** A recording of two channels, each given as loudness by second. */
const wav = (agent: readonly number[], customer: readonly number[]): Buffer => {
  const data = Buffer.alloc(agent.length * rate * 4);
  for (let frame = 0; frame < agent.length * rate; frame += 1) {
    const second = Math.floor(frame / rate);
    const sign = frame % 2 === 0 ? 1 : -1;
    data.writeInt16LE(sign * (agent[second] ?? 0), frame * 4);
    data.writeInt16LE(sign * (customer[second] ?? 0), frame * 4 + 2);
  }
  const header = wavHeader({ channels: 2, rate, frames: agent.length * rate });
  return Buffer.concat([header, data]);
};

// eslint-disable-next-line @typescript-eslint/require-await -- a stream that has everything at once
async function* inPieces(file: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

const full = 32_767;

test('each channel is drawn by itself, twenty stretches a second', async () => {
  const file = wav([full, 0, 0], [0, 0, 8_192]);
  const wave = await waveOf(inPieces(file, 65_536), file.length);
  const [agent, customer] = (wave?.peaks ?? []).map((channel) => [...channel]);
  expect(wave?.seconds).toBe(3);
  expect(agent).toEqual([...Array<number>(20).fill(255), ...Array<number>(40).fill(0)]);
  // A quarter of full scale is drawn at half the height.
  expect(customer).toEqual([...Array<number>(40).fill(0), ...Array<number>(20).fill(128)]);
});

test('silence is where nobody speaks for longer than a breath, at the beginning and the end too', async () => {
  const agent = [100, 100, full, 0, full, 0, 0, 0];
  const customer = [0, 0, 0, 0, 0, 0, 50, 0];
  const file = wav(agent, customer);
  const { silences } = (await waveOf(inPieces(file, 65_536), file.length)) ?? {};
  expect(silences).toEqual([
    [0, 2_000],
    [5_000, 8_000],
  ]);
});

test('however the bytes are cut, the picture is the same', async () => {
  const file = wav([full, 3_000, 0, 9_000], [0, 200, 12_000, 0]);
  const whole = await waveOf(inPieces(file, file.length), file.length);
  for (const size of [1, 3, 43, 4_097]) {
    expect(await waveOf(inPieces(file, size), file.length)).toEqual(whole);
  }
});

test('a file that was cut off is drawn as far as it goes, and what is no recording not at all', async () => {
  const file = wav([full, full], [0, 0]).subarray(0, 44 + rate * 4 + 3);
  expect((await waveOf(inPieces(file, 1_000), file.length))?.seconds).toBe(1);
  const text = Buffer.from('this is no recording');
  expect(await waveOf(inPieces(text, 5), text.length)).toBe(null);
  expect(await waveOf(inPieces(Buffer.alloc(0), 5), 0)).toBe(null);
});

test('an hour has no more stretches than a screen can show', async () => {
  const seconds = Array<number>(300).fill(0);
  const file = wav(seconds, seconds);
  const wave = await waveOf(inPieces(file, 1_000_000), file.length);
  expect(wave?.peaks.map((channel) => channel.length)).toEqual([2_000, 2_000]);
});
