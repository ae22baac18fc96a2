import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { ulawByte, ulawSample } from './tone.ts';

const FRAME_MS = 20;
const EVENT_PAYLOAD = 101;

/** `ulaw`: G.711 at 8 kHz. `l16`: what the PBX calls slin16, uncoded at 16 kHz, as wide as the phones of agents. */
export type PlainCodec = 'ulaw' | 'l16';

const RATES_HZ = { ulaw: 8_000, l16: 16_000 } as const satisfies Record<PlainCodec, number>;
/** What is louder than what µ-law makes of silence. */
const SOUND = 300;
const L16_MAP = /a=rtpmap:([0-9]+) L16/;

export type RtpMedia = {
  readonly port: number;
  readonly rateHz: number;
  /** Starts sending a tone to the address of the SDP. null: silence packets. */
  readonly talkTo: (sdp: string, frequencyHz: number | null) => void;
  readonly setTone: (frequencyHz: number | null) => void;
  readonly pause: (paused: boolean) => void;
  /** What was heard in the last milliseconds. */
  readonly heard: (lastMs: number) => Int16Array;
  /** Epoch ms at which it heard something other than silence, of what came since then; null: nothing. */
  readonly soundSince: (since: number) => number | null;
  readonly digits: () => string;
  /** Sends one digit as telephone events (RFC 4733). */
  readonly press: (digit: string) => void;
  readonly close: () => void;
};

/** A microphone that plays a tone, and an ear, on plain RTP. */
export const openRtpMedia = async (codec: PlainCodec = 'ulaw'): Promise<RtpMedia> => {
  const rateHz = RATES_HZ[codec];
  const frameSamples = (rateHz * FRAME_MS) / 1_000;
  const sampleBytes = codec === 'ulaw' ? 1 : 2;
  let payload = 0;
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const heard: number[] = [];
  const sounds: number[] = [];
  let digits = '';
  let lastEventTimestamp = -1;
  let tone: number | null = null;
  let isPaused = false;
  let target: number | null = null;
  let sent = 0;
  let startedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  socket.on('message', (packet) => {
    const type = (packet[1] ?? 0) & 0x7f;
    const before = heard.length;
    if (type === EVENT_PAYLOAD) {
      const timestamp = packet.readUInt32BE(4);
      if (timestamp !== lastEventTimestamp) digits += '0123456789*#ABCD'[packet[12] ?? 0] ?? '';
      lastEventTimestamp = timestamp;
    } else if (codec === 'l16' && type === payload) {
      for (let at = 12; at + 1 < packet.length; at += 2) heard.push(packet.readInt16BE(at));
    } else if (type === 0) {
      for (const byte of packet.subarray(12)) heard.push(ulawSample(byte));
    }
    if (heard.slice(before).some((sample) => Math.abs(sample) > SOUND)) {
      sounds.push(performance.timeOrigin + performance.now());
    }
  });

  const sendFrame = (): void => {
    const packet = Buffer.alloc(12 + frameSamples * sampleBytes);
    packet[0] = 0x80;
    packet[1] = payload;
    packet.writeUInt16BE(sent & 0xffff, 2);
    packet.writeUInt32BE((sent * frameSamples) >>> 0, 4);
    packet.writeUInt32BE(0x52534944, 8);
    for (let i = 0; i < frameSamples; i += 1) {
      const n = sent * frameSamples + i;
      const sample = tone === null ? 0 : 8_000 * Math.sin((2 * Math.PI * tone * n) / rateHz);
      if (codec === 'l16') packet.writeInt16BE(Math.round(sample), 12 + i * 2);
      else packet[12 + i] = ulawByte(Math.round(sample));
    }
    sent += 1;
    if (!isPaused && target !== null) socket.send(packet, target, '127.0.0.1');
  };

  return {
    port: socket.address().port,
    rateHz,
    talkTo: (sdp, frequencyHz) => {
      target = Number(/m=audio (\d+)/.exec(sdp)?.[1]);
      if (codec === 'l16') payload = Number(L16_MAP.exec(sdp)?.[1]);
      tone = frequencyHz;
      startedAt = performance.now() - sent * FRAME_MS;
      timer ??= setInterval(() => {
        while (sent * FRAME_MS < performance.now() - startedAt) sendFrame();
      }, FRAME_MS / 2);
    },
    setTone: (frequencyHz) => (tone = frequencyHz),
    pause: (paused) => (isPaused = paused),
    heard: (lastMs) => Int16Array.from(heard.slice((-lastMs * rateHz) / 1_000)),
    soundSince: (since) => sounds.find((at) => at >= since) ?? null,
    digits: () => digits,
    press: (digit) => {
      if (target === null) return;
      const timestamp = (sent * frameSamples) >>> 0;
      // Half a second of the digit, its end told three times.
      for (const [durationSamples, end] of [
        ...[160, 800, 1_600].map((samples) => [samples, false] as const),
        ...[2_400, 2_400, 2_400].map((samples) => [samples, true] as const),
      ]) {
        const packet = Buffer.alloc(16);
        packet[0] = 0x80;
        packet[1] = EVENT_PAYLOAD | (durationSamples === 160 ? 0x80 : 0);
        packet.writeUInt16BE(sent & 0xffff, 2);
        sent += 1;
        packet.writeUInt32BE(timestamp, 4);
        packet.writeUInt32BE(0x52534944, 8);
        packet[12] = '0123456789*#ABCD'.indexOf(digit);
        packet[13] = end ? 0x8a : 0x0a;
        packet.writeUInt16BE(durationSamples, 14);
        socket.send(packet, target, '127.0.0.1');
      }
    },
    close: () => {
      clearInterval(timer);
      socket.close();
    },
  };
};
