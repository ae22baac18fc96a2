import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Asterisk's AudioSocket: each stream is one customer's ear and mouth, 8 kHz, 16 bit, 20 ms a frame. */

/** What agents say in tests: far from the PBX's own 440 and 480 Hz. */
export const agentToneHz = 700;

const rateHz = 8_000;
const frameSamples = 160;
/** -60 dB of full scale. */
const silentBelow = 0.001;
const kinds = { end: 0x00, id: 0x01, digit: 0x03, audio: 0x10 } as const;

/** Level of one frequency in dB of a full-scale sine (Goertzel); -120 for silence. */
export const toneDb = (samples: Float64Array, frequencyHz: number): number => {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / rateHz);
  let last = 0;
  let lastButOne = 0;
  for (const sample of samples) {
    [lastButOne, last] = [last, sample + coefficient * last - lastButOne];
  }
  const power = last ** 2 + lastButOne ** 2 - coefficient * last * lastButOne;
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
  return Math.max(-120, 20 * Math.log10(amplitude));
};

/** One customer as the test hears it. */
export type FarEnd = {
  readonly id: string;
  /** Level of a frequency in what the customer heard of late, dB of full scale. */
  readonly heardDb: (frequencyHz: number) => number;
  /** What the customer heard in the last `ms`, -1 to 1. */
  readonly lastHeard: (ms: number) => Float64Array;
  /** How much sound has arrived so far, ms, silence included: a PBX that sends nothing adds nothing. */
  readonly heardMs: () => number;
  /** Epoch ms of the first frame that carries the agent's tone; null while there was none. */
  readonly firstHeardAt: () => number | null;
  /** Epoch ms of the first frame of a silence that lasts; null while somebody is heard. */
  readonly silentSince: () => number | null;
  readonly digits: () => string;
  readonly isConnected: () => boolean;
  readonly hasEnded: () => boolean;
  /** The customer speaks: a sine of this frequency, or null for silence. `peak`: of 32 767. */
  readonly say: (frequencyHz: number | null, peak?: number) => void;
  readonly hangUp: () => void;
};

const nowMs = () => performance.timeOrigin + performance.now();

const createFarEnd = (id: string) => {
  let socket: Socket | null = null;
  let heard = new Float64Array(0);
  let heardAt = 0;
  let heardSamples = 0;
  let firstAt: number | null = null;
  let silentAt: number | null = null;
  let digits = '';
  let ended = false;
  let frequency: number | null = null;
  let loudest = 0;
  let phase = 0;
  let timer: NodeJS.Timeout | undefined;

  const speak = () => {
    const frame = Buffer.alloc(3 + frameSamples * 2);
    frame[0] = kinds.audio;
    frame.writeUInt16BE(frameSamples * 2, 1);
    for (let index = 0; frequency !== null && index < frameSamples; index += 1) {
      frame.writeInt16LE(Math.round(loudest * Math.sin(phase)), 3 + index * 2);
      phase += (2 * Math.PI * frequency) / rateHz;
    }
    socket?.write(frame);
  };

  const hear = (payload: Buffer) => {
    heardAt = nowMs();
    heardSamples += payload.length / 2;
    const samples = Float64Array.from(
      { length: payload.length / 2 },
      (_, index) => payload.readInt16LE(index * 2) / 32_768,
    );
    const isSilent = samples.every((sample) => Math.abs(sample) < silentBelow);
    silentAt = isSilent ? (silentAt ?? nowMs()) : null;
    if (firstAt === null && toneDb(samples, agentToneHz) > -25) firstAt = nowMs();
    const all = new Float64Array(Math.min(heard.length, rateHz * 10) + samples.length);
    all.set(heard.slice(-rateHz * 10));
    all.set(samples, all.length - samples.length);
    heard = all;
  };

  return {
    id,
    adopt: (adopted: Socket) => {
      socket = adopted;
      timer = setInterval(speak, 20);
      adopted.on('close', () => {
        clearInterval(timer);
        ended = true;
      });
      adopted.on('error', () => undefined);
    },
    take: (kind: number, payload: Buffer) => {
      if (kind === kinds.audio) hear(payload);
      if (kind === kinds.digit) digits += payload.toString('latin1');
    },
    // A PBX that sends nothing lets nothing be heard.
    heardDb: (frequencyHz: number) =>
      nowMs() - heardAt > 250 ? -120 : toneDb(heard.slice(-rateHz / 4), frequencyHz),
    lastHeard: (ms: number) => heard.slice(-Math.round((ms * rateHz) / 1_000)),
    heardMs: () => (heardSamples * 1_000) / rateHz,
    firstHeardAt: () => firstAt,
    silentSince: () => silentAt,
    digits: () => digits,
    isConnected: () => socket !== null && !ended,
    hasEnded: () => ended,
    say: (hertz: number | null, peak = 9_000) => {
      frequency = hertz;
      loudest = peak;
    },
    hangUp: () => {
      socket?.write(Buffer.from([kinds.end, 0, 0]));
      socket?.end();
    },
  };
};

export type FarEnds = {
  readonly port: number;
  readonly expect: (id?: string) => FarEnd;
  readonly close: () => void;
};

export const listenForFarEnds = async (): Promise<FarEnds> => {
  const farEnds = new Map<string, ReturnType<typeof createFarEnd>>();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    let rest = Buffer.alloc(0);
    let farEnd: ReturnType<typeof createFarEnd> | undefined;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= 3 && rest.length >= 3 + rest.readUInt16BE(1)) {
        const length = rest.readUInt16BE(1);
        const payload = rest.subarray(3, 3 + length);
        if (rest[0] === kinds.id) {
          const id = payload.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
          farEnd = farEnds.get(id);
          farEnd?.adopt(socket);
        } else farEnd?.take(rest[0] ?? 0, payload);
        rest = rest.subarray(3 + length);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    expect: (id = randomUUID()) => {
      const farEnd = createFarEnd(id);
      farEnds.set(id, farEnd);
      return farEnd;
    },
    close: () => server.close(),
  };
};

/** Waits until `condition` holds; fails with `what` after `timeoutMs`. */
export const until = async (
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 8_000,
): Promise<void> => {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(20);
  }
};
