import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ByteRange } from '../recording/byte-range.ts';

/**
 * A file encrypted with AES-256-GCM in chunks, so that a part can be read and verified without the whole. Each file has
 * a key of its own, so the number of a chunk is nonce enough. Every chunk authenticates the head (whose it is and how
 * long) and its number: none can be altered, moved, left out or added unseen.
 *
 *   head: "RNGSIDE1", the recording's id (16 bytes), bytes in a chunk (u32), bytes in all (u64), big-endian
 *   then for each chunk: its bytes, encrypted, and the tag (16 bytes)
 */
const magic = Buffer.from('RNGSIDE1', 'latin1');
const headBytes = 36;
const tagBytes = 16;
export const chunkBytes = 65_536;

/** What a file is of and how long it was: all that must be known to read it, but for its key. */
export type EncryptedName = { readonly recordingId: string; readonly size: number };

export const newDataKey = (): Buffer => randomBytes(32);

const headOf = ({ recordingId, size }: EncryptedName): Buffer => {
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head.write(recordingId.replaceAll('-', ''), 8, 'hex');
  head.writeUInt32BE(chunkBytes, 24);
  head.writeBigUInt64BE(BigInt(size), 28);
  return head;
};

const numbered = (bytes: number, index: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeBigUInt64BE(BigInt(index), bytes - 8);
  return buffer;
};

const cipherOptions = { authTagLength: tagBytes };

const encryptChunk = (key: Buffer, head: Buffer, index: number, plain: Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, numbered(12, index), cipherOptions);
  cipher.setAAD(Buffer.concat([head, numbered(8, index)]));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** Throws when the chunk is not the one that was encrypted here. */
const decryptChunk = (key: Buffer, head: Buffer, index: number, encrypted: Buffer): Buffer => {
  const at = encrypted.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, numbered(12, index), cipherOptions);
  decipher.setAAD(Buffer.concat([head, numbered(8, index)]));
  decipher.setAuthTag(encrypted.subarray(at));
  return Buffer.concat([decipher.update(encrypted.subarray(0, at)), decipher.final()]);
};

export type EncryptedFacts = {
  readonly size: number;
  readonly sha256: Buffer;
  readonly encryptedSize: number;
  readonly encryptedSha256: Buffer;
};

/** Encrypts a file into a new one, which is on disk when this resolves. */
export const encryptFile = async (
  source: string,
  target: string,
  recordingId: string,
  key: Buffer,
): Promise<EncryptedFacts> => {
  await using input = await open(source, 'r');
  const { size } = await input.stat();
  const head = headOf({ recordingId, size });
  await using output = await open(target, 'w', 0o600);
  const plainHash = createHash('sha256');
  const encryptedHash = createHash('sha256').update(head);
  await output.appendFile(head);
  let encryptedSize = head.length;
  const buffer = Buffer.alloc(chunkBytes);
  for (let done = 0, index = 0; done < size; index += 1) {
    const length = Math.min(chunkBytes, size - done);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await input.read(buffer, filled, length - filled, done + filled);
      if (bytesRead === 0) throw new Error('the file became shorter while it was encrypted');
      filled += bytesRead;
    }
    const plain = buffer.subarray(0, length);
    const encrypted = encryptChunk(key, head, index, plain);
    plainHash.update(plain);
    encryptedHash.update(encrypted);
    await output.appendFile(encrypted);
    encryptedSize += encrypted.length;
    done += length;
  }
  await output.sync();
  return {
    size,
    sha256: plainHash.digest(),
    encryptedSize,
    encryptedSha256: encryptedHash.digest(),
  };
};

/** Gathers what comes in pieces of any length into pieces of the given lengths. */
async function* regrouped(
  pieces: AsyncIterable<Buffer>,
  lengths: readonly number[],
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let next = 0;
  for await (const piece of pieces) {
    held.push(piece);
    heldBytes += piece.length;
    let length = lengths[next];
    while (length !== undefined && heldBytes >= length) {
      const all = Buffer.concat(held);
      yield all.subarray(0, length);
      held = [all.subarray(length)];
      heldBytes -= length;
      next += 1;
      length = lengths[next];
    }
  }
  if (next < lengths.length) throw new Error('the encrypted file is shorter than it should be');
}

/** Reads bytes `start` to `end` of the encrypted file, both counted. */
export type ReadEncrypted = (range: ByteRange) => Promise<AsyncIterable<Buffer>>;

/** The bytes of a range of what was encrypted; throws at the first chunk that is not what it was. */
export async function* readEncrypted(
  name: EncryptedName,
  key: Buffer,
  read: ReadEncrypted,
  range: ByteRange,
): AsyncGenerator<Buffer> {
  const head = headOf(name);
  const first = Math.floor(range.start / chunkBytes);
  const last = Math.floor(range.end / chunkBytes);
  const lengthOf = (index: number): number =>
    Math.min(chunkBytes, name.size - index * chunkBytes) + tagBytes;
  const startOf = (index: number): number => headBytes + index * (chunkBytes + tagBytes);
  const lengths = Array.from({ length: last - first + 1 }, (_, at) => lengthOf(first + at));
  const pieces = await read({ start: startOf(first), end: startOf(last) + lengthOf(last) - 1 });
  let index = first;
  for await (const encrypted of regrouped(pieces, lengths)) {
    const plain = decryptChunk(key, head, index, encrypted);
    const at = index * chunkBytes;
    yield plain.subarray(Math.max(0, range.start - at), range.end + 1 - at);
    index += 1;
  }
}
