import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { known } from '../../../../tests/support/known.ts';
import type { ByteRange } from '../recording/byte-range.ts';
import { createFolderStore } from './recording-store.ts';
import { chunkBytes, newDataKey, readEncrypted, encryptFile } from './encrypted-file.ts';

let folder: string;
const plain = randomBytes(3 * chunkBytes + 1_234);
const recordingId = randomUUID();
const key = newDataKey();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-encrypted-'));
  await writeFile(join(folder, 'plain'), plain);
  await encryptFile(join(folder, 'plain'), join(folder, 'encrypted'), recordingId, key);
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (
  name: string,
  range: ByteRange = { start: 0, end: plain.length - 1 },
  of: { readonly recordingId?: string; readonly size?: number; readonly key?: Buffer } = {},
): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  const readPart = async (part: ByteRange) =>
    known(await createFolderStore(folder).read(name, part));
  const given = { recordingId, size: plain.length, ...of };
  for await (const piece of readEncrypted(given, of.key ?? key, readPart, range))
    pieces.push(piece);
  return Buffer.concat(pieces);
};

test('any range of an encrypted file is the same range of what was encrypted', async () => {
  const edges = [0, 1, chunkBytes - 1, chunkBytes, 2 * chunkBytes, plain.length - 1];
  const place = fc.oneof(fc.constantFrom(...edges), fc.nat(plain.length - 1));
  await fc.assert(
    fc.asyncProperty(place, place, async (a, b) => {
      const range = { start: Math.min(a, b), end: Math.max(a, b) };
      expect(
        (await read('encrypted', range)).equals(plain.subarray(range.start, range.end + 1)),
      ).toBe(true);
    }),
  );
});

test('nothing of the audio stands in the encrypted file', async () => {
  const encrypted = await readFile(join(folder, 'encrypted'));
  for (let at = 0; at + 16 <= plain.length; at += 4_096) {
    expect(encrypted.includes(plain.subarray(at, at + 16))).toBe(false);
  }
});

test('one altered byte, wherever it is, is not read over', async () => {
  const encrypted = await readFile(join(folder, 'encrypted'));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 36, max: encrypted.length - 1 }), async (at) => {
      const altered = Buffer.from(encrypted);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      await writeFile(join(folder, 'altered'), altered);
      await expect(read('altered')).rejects.toThrow();
    }),
    { numRuns: 20 },
  );
});

test('a file that was cut off, even between two chunks, is not taken for a shorter one', async () => {
  await writeFile(join(folder, 'cut'), await readFile(join(folder, 'encrypted')));
  const file = await open(join(folder, 'cut'));
  const whole = 36 + 3 * (chunkBytes + 16);
  await file.close();
  await truncate(join(folder, 'cut'), whole);
  await expect(read('cut')).rejects.toThrow('shorter');
  const size = 3 * chunkBytes;
  await expect(read('cut', { start: 0, end: size - 1 }, { size })).rejects.toThrow();
});

test('chunks cannot change places', async () => {
  const swapped = Buffer.from(await readFile(join(folder, 'encrypted')));
  const at = (index: number) => 36 + index * (chunkBytes + 16);
  const first = Buffer.from(swapped.subarray(at(0), at(1)));
  swapped.copy(swapped, at(0), at(1), at(2));
  first.copy(swapped, at(1));
  await writeFile(join(folder, 'swapped'), swapped);
  await expect(read('swapped')).rejects.toThrow();
});

test('a file opens with its own key and as its own recording alone', async () => {
  await expect(read('encrypted', undefined, { key: newDataKey() })).rejects.toThrow();
  await expect(read('encrypted', undefined, { recordingId: randomUUID() })).rejects.toThrow();
});
