import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { ulawByte, ulawSample } from './tone.ts';

const FRAME_SAMPLES = 160;
const FRAME_MS = 20;
const EVENT_PAYLOAD = 101;

export type RtpMedia = {
  readonly port: number;
  /** Starts sending a tone to the address of the SDP. null: silence packets. */
  readonly talkTo: (sdp: string, frequencyHz: number | null) => void;
  readonly setTone: (frequencyHz: number | null) => void;
  readonly pause: (paused: boolean) => void;
  /** What was heard in the last milliseconds, 8 kHz. */
  readonly heard: (lastMs: number) => Int16Array;
  readonly digits: () => string;
  /** Sends one digit as telephone events (RFC 4733). */
  readonly press: (digit: string) => void;
  readonly close: () => void;
};

/** A microphone that plays a tone, and an ear, on plain RTP with µ-law. */
export const openRtpMedia = async (): Promise<RtpMedia> => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const heard: number[] = [];
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
    if (type === EVENT_PAYLOAD) {
      const timestamp = packet.readUInt32BE(4);
      if (timestamp !== lastEventTimestamp) digits += '0123456789*#ABCD'[packet[12] ?? 0] ?? '';
      lastEventTimestamp = timestamp;
    } else if (type === 0) {
      for (const byte of packet.subarray(12)) heard.push(ulawSample(byte));
    }
  });

  const sendFrame = (): void => {
    const packet = Buffer.alloc(12 + FRAME_SAMPLES);
    packet[0] = 0x80;
    packet.writeUInt16BE(sent & 0xffff, 2);
    packet.writeUInt32BE((sent * FRAME_SAMPLES) >>> 0, 4);
    packet.writeUInt32BE(0x52534944, 8);
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      const n = sent * FRAME_SAMPLES + i;
      const sample = tone === null ? 0 : 8_000 * Math.sin((2 * Math.PI * tone * n) / 8_000);
      packet[12 + i] = ulawByte(Math.round(sample));
    }
    sent += 1;
    if (!isPaused && target !== null) socket.send(packet, target, '127.0.0.1');
  };

  return {
    port: socket.address().port,
    talkTo: (sdp, frequencyHz) => {
      target = Number(/m=audio (\d+)/.exec(sdp)?.[1]);
      tone = frequencyHz;
      startedAt = performance.now() - sent * FRAME_MS;
      timer ??= setInterval(() => {
        while (sent * FRAME_MS < performance.now() - startedAt) sendFrame();
      }, FRAME_MS / 2);
    },
    setTone: (frequencyHz) => (tone = frequencyHz),
    pause: (paused) => (isPaused = paused),
    heard: (lastMs) => Int16Array.from(heard.slice(-lastMs * 8)),
    digits: () => digits,
    press: (digit) => {
      if (target === null) return;
      const timestamp = (sent * FRAME_SAMPLES) >>> 0;
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
