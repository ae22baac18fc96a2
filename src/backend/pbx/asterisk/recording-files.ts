import { open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { wavHeader } from '../../wav-header.ts';

/** Rate of Asterisk's .sln16 files: raw 16 bit little-endian samples. */
export const RECORDING_RATE_HZ = 16_000;

const CHUNK_SAMPLES = 32_768;
const CHANNELS = 2;
const SAMPLE_BYTES = 2;

export type RecordingParts = { readonly agent: string; readonly customer: string };

/** The folder may be the PBX's own, on another system: a slash works on all of them. */
export const recordingParts = (folder: string, recordingId: string): RecordingParts => ({
  agent: `${folder}/${recordingId}.agent.sln16`,
  customer: `${folder}/${recordingId}.customer.sln16`,
});

export const recordingWav = (folder: string, recordingId: string): string =>
  `${folder}/${recordingId}.wav`;

/** Bytes of a file, or null where there is none. */
export const sizeOf = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

const readFully = async (file: FileHandle, target: Buffer): Promise<number> => {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await file.read(target, filled, target.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
};

/** Interleaves the two parts, chunk by chunk; the shorter one is followed by silence. */
const interleave = async (
  agent: FileHandle,
  customer: FileHandle,
  out: FileHandle,
  frames: number,
): Promise<void> => {
  await out.write(wavHeader({ channels: CHANNELS, rate: RECORDING_RATE_HZ, frames }));
  const left = Buffer.alloc(CHUNK_SAMPLES * SAMPLE_BYTES);
  const right = Buffer.alloc(CHUNK_SAMPLES * SAMPLE_BYTES);
  const both = Buffer.alloc(CHUNK_SAMPLES * SAMPLE_BYTES * CHANNELS);
  for (let done = 0; done < frames; done += CHUNK_SAMPLES) {
    left.fill(0, await readFully(agent, left));
    right.fill(0, await readFully(customer, right));
    const count = Math.min(CHUNK_SAMPLES, frames - done);
    for (let i = 0; i < count; i += 1) {
      left.copy(both, i * 4, i * 2, i * 2 + 2);
      right.copy(both, i * 4 + 2, i * 2, i * 2 + 2);
    }
    await out.write(both, 0, count * CHANNELS * SAMPLE_BYTES);
  }
};

/**
 * Makes `<id>.wav` (agent on the first channel, customer on the second) of the two raw parts and removes them. It
 * appears complete or not at all; being interrupted costs nothing.
 */
export const buildRecordingWav = async (
  folder: string,
  recordingId: string,
): Promise<Result<string, 'absent'>> => {
  const wav = recordingWav(folder, recordingId);
  if ((await sizeOf(wav)) !== null) return success(wav);
  const parts = recordingParts(folder, recordingId);
  const sizes = [await sizeOf(parts.agent), await sizeOf(parts.customer)] as const;
  if (sizes[0] === null || sizes[1] === null) return failure('absent');
  const frames = Math.floor(Math.max(sizes[0], sizes[1]) / SAMPLE_BYTES);
  const unfinished = `${wav}.part`;
  await using agent = await open(parts.agent, 'r');
  await using customer = await open(parts.customer, 'r');
  {
    await using out = await open(unfinished, 'w', 0o600);
    await interleave(agent, customer, out, frames);
    await out.sync();
  }
  await rename(unfinished, wav);
  await rm(parts.agent, { force: true });
  await rm(parts.customer, { force: true });
  return success(wav);
};
