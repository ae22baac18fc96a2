import { levelDb } from '../../integration/pbx/tone.ts';

/** What the agent sounds like while the call may be recorded, and while it must not. */
export const allowedHz = 450;
export const forbiddenHz = 750;

const headerBytes = 44;
const windowMs = 20;
/** Louder than the tone itself can leak into the other's window; a tone of the phones has -12 dB. */
const audibleDb = -30;

/** One recording, in seconds. */
export type HeardTones = {
  readonly seconds: number;
  readonly allowed: number;
  /** Each stretch of the forbidden tone. */
  readonly forbidden: readonly number[];
  /** Each stretch of at least a quarter of a second in which every sample of both channels is zero. */
  readonly silent: readonly number[];
};

/** Lengths of the stretches in which something holds, a hole of one window being none. */
const stretches = (holds: readonly boolean[]): readonly number[] => {
  const lengths: number[] = [];
  let begun: number | null = null;
  let last = 0;
  const end = (): void => {
    if (begun !== null) lengths.push(((last - begun + 1) * windowMs) / 1_000);
    begun = null;
  };
  for (const [at, is] of holds.entries()) {
    if (!is) {
      if (begun !== null && at - last > 1) end();
      continue;
    }
    begun ??= at;
    last = at;
  }
  end();
  return lengths;
};

/** Listens to a two-channel WAV of 16 bit. */
export const listenForTones = (wav: Buffer): HeardTones => {
  const rateHz = wav.readUInt32LE(24);
  const frames = Math.floor((wav.length - headerBytes) / 4);
  const perWindow = (rateHz * windowMs) / 1_000;
  const allowed: boolean[] = [];
  const forbidden: boolean[] = [];
  const silent: boolean[] = [];
  for (let from = 0; from + perWindow <= frames; from += perWindow) {
    const agent = Int16Array.from({ length: perWindow }, (_, i) =>
      wav.readInt16LE(headerBytes + (from + i) * 4),
    );
    allowed.push(levelDb(agent, rateHz, allowedHz) > audibleDb);
    forbidden.push(levelDb(agent, rateHz, forbiddenHz) > audibleDb);
    const bytes = wav.subarray(headerBytes + from * 4, headerBytes + (from + perWindow) * 4);
    silent.push(bytes.every((byte) => byte === 0));
  }
  // Two tones of 300 Hz apart are told apart by the louder one.
  const clear = forbidden.map((is, at) => is && allowed[at] !== true);
  return {
    seconds: frames / rateHz,
    allowed: (allowed.filter(Boolean).length * windowMs) / 1_000,
    forbidden: stretches(clear),
    silent: stretches(silent).filter((length) => length >= 0.25),
  };
};
