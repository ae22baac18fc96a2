import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { wavHeader } from '../../wav-header.ts';
import { findSilence, type ReadableWav } from './silence-proof.ts';

const rate = 16_000;

/** Two channels, each given by what a frame of a millisecond holds. */
const wavOf = (
  ms: number,
  sampleAt: (ms: number, channel: 'agent' | 'customer') => number,
  pieceBytes = 1_000,
): ReadableWav => {
  const frames = (ms * rate) / 1_000;
  const file = Buffer.concat([wavHeader({ channels: 2, rate, frames }), Buffer.alloc(frames * 4)]);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = Math.floor((frame * 1_000) / rate);
    file.writeInt16LE(sampleAt(at, 'agent'), 44 + frame * 4);
    file.writeInt16LE(sampleAt(at, 'customer'), 46 + frame * 4);
  }
  return {
    size: file.length,
    read: ({ start, end }) => {
      const wanted = file.subarray(start, end + 1);
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < wanted.length; at += pieceBytes) {
        pieces.push(wanted.subarray(at, at + pieceBytes));
      }
      return Promise.resolve(Readable.from(pieces) as AsyncIterable<Uint8Array>);
    },
  };
};

const during = (from: number, to: number) => (ms: number) => (ms >= from && ms < to ? 0 : 1_000);

test('a stretch in which both channels hold nothing is proven to the sample', async () => {
  const found = await findSilence(wavOf(5_000, during(1_000, 3_000)), {
    fromMs: 1_000,
    toMs: 3_000,
  });
  expect(found).toEqual({ fromMs: 1_000, toMs: 3_000, samples: 2_000 * 16, notZero: 0 });
});

test('however the bytes are cut, the finding is the same', async () => {
  for (const piece of [1, 3, 7, 64_000]) {
    const wav = wavOf(5_000, during(1_000, 3_000), piece);
    expect(await findSilence(wav, { fromMs: 1_000, toMs: 3_000 })).toMatchObject({ notZero: 0 });
  }
});

test.each(['agent', 'customer'] as const)('one sample of the %s is found', async (who) => {
  const wav = wavOf(5_000, (ms, channel) =>
    channel === who && ms === 2_000 ? 1 : during(1_000, 3_000)(ms),
  );
  expect(await findSilence(wav, { fromMs: 1_000, toMs: 3_000 })).toMatchObject({ notZero: 16 });
});

test('a recording that ended in the silence is looked at as far as it goes', async () => {
  const found = await findSilence(wavOf(3_000, during(1_000, 9_000)), {
    fromMs: 1_000,
    toMs: 9_000,
  });
  expect(found).toMatchObject({ fromMs: 1_000, toMs: 3_000, notZero: 0 });
});

test('where sound never came everything stands earlier, and the silence is found there', async () => {
  const wav = wavOf(5_000, during(1_500, 3_000));
  const stretch = { fromMs: 2_000, toMs: 4_000 };
  expect(await findSilence(wav, stretch, 1_000)).toMatchObject({
    fromMs: 1_500,
    toMs: 3_000,
    notZero: 0,
  });
  // The whole of the recording is there: it is not silent where it was to be.
  expect((await findSilence(wav, stretch))?.notZero).toBeGreaterThan(0);
});

test('nothing is proven of a stretch beyond the end, of one too short, or of no recording', async () => {
  const wav = wavOf(1_000, () => 0);
  expect(await findSilence(wav, { fromMs: 5_000, toMs: 9_000 })).toBe(null);
  expect(await findSilence(wav, { fromMs: 100, toMs: 500 })).toBe(null);
  const none = { size: 0, read: wav.read };
  expect(await findSilence(none, { fromMs: 0, toMs: 1_000 })).toBe(null);
});
