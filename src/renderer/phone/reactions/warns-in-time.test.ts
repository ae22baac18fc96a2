import { expect, test } from 'vitest';
import type { DeskSecond } from '../../../shared/domain/line-quality/desk-sound.ts';
import {
  lineWords,
  type LineCounters,
  type LineWord,
} from '../../../shared/domain/line-quality/line-quality.ts';
import {
  nextWarning,
  noWarning,
  retoldWarning,
  warningOfSecond,
  type LineWarning,
} from '../../../shared/domain/line-quality/line-warning.ts';
import { createLineWatch } from './line-watch.ts';

/**
 * From the first packet that a network harms until the desk says so: packet by packet, as WebRTC counts them, looked at
 * once a second. At which moment of that second it begins, and of the far side's reports, is anybody's luck.
 */

const packetMs = 20;
const samplesOfPacket = 960;
const bufferMs = 40;
/** `rtcpinterval` of rtp.conf. */
const reportMs = 2_000;
const harmedFromMs = 10_000;
const looksForMs = 12_000;
const withinSeconds = 5;

type Network = {
  /** Every so many-th packet is lost, each way; absent: none. */
  readonly losesEvery?: number;
  readonly sendLosesEvery?: number;
  /** How much earlier or later than the one before each packet comes: RFC 3550 §6.4.1 averages it over 16. */
  readonly jitterMs?: number;
  readonly roundTripMs?: number;
};

const good: Required<Network> = { losesEvery: 0, sendLosesEvery: 0, jitterMs: 2, roundTripMs: 30 };
const none: LineCounters = {
  ...{ packetsReceived: 0, packetsLost: 0, samplesPlayed: 0, samplesConcealed: 0 },
  ...{ bufferDelayMs: 0, bufferEmitted: 0, jitterMs: 2, roundTripMs: 30 },
  ...{ sentLoss: null, sentLossAt: null },
};
const desk: DeskSecond = {
  ...{ microphone: 0.1, heard: 0.1, lateMs: 0, glitchedPercent: null, path: null },
};

/** The first packet that can be harmed is. */
const isLost = (every: number, packet: number): boolean =>
  every > 0 && (packet - harmedFromMs / packetMs) % every === 0;

const withPacket = (
  counters: LineCounters,
  { losesEvery, jitterMs }: Required<Network>,
  packet: number,
): LineCounters => {
  const lost = isLost(losesEvery, packet) ? 1 : 0;
  return {
    ...counters,
    packetsReceived: counters.packetsReceived + 1 - lost,
    packetsLost: counters.packetsLost + lost,
    samplesPlayed: counters.samplesPlayed + samplesOfPacket,
    samplesConcealed: counters.samplesConcealed + lost * samplesOfPacket,
    bufferDelayMs: counters.bufferDelayMs + bufferMs * samplesOfPacket,
    bufferEmitted: counters.bufferEmitted + samplesOfPacket,
    jitterMs: counters.jitterMs + (jitterMs - counters.jitterMs) / 16,
  };
};

type Look = {
  readonly at: number;
  readonly warning: LineWarning | null;
  readonly word: LineWord | null;
};

/** What the desk says at each look, seconds from the first harm on. */
const lookedAt = (harm: Network, lookPhaseMs: number, reportPhaseMs: number): readonly Look[] => {
  const watch = createLineWatch();
  const looks: Look[] = [];
  let [counters, warned] = [none, noWarning];
  let [sent, sentLost] = [0, 0];
  for (let packet = 0; packet * packetMs < harmedFromMs + looksForMs; packet += 1) {
    const atMs = packet * packetMs;
    const now = { ...good, ...(atMs >= harmedFromMs ? harm : {}) };
    counters = withPacket(counters, now, packet);
    sent += 1;
    sentLost += isLost(now.sendLosesEvery, packet) ? 1 : 0;
    if ((atMs + reportPhaseMs) % reportMs < packetMs) {
      const { roundTripMs } = now;
      counters = { ...counters, roundTripMs, sentLoss: sentLost / sent, sentLossAt: atMs };
      [sent, sentLost] = [0, 0];
    }
    if ((atMs + lookPhaseMs) % 1_000 >= packetMs) continue;
    const reading = watch.second('call', counters, desk);
    if (reading === null) continue;
    const { figures, word, sentSeconds = 1 } = reading;
    const second = warningOfSecond(figures, desk);
    warned = nextWarning(retoldWarning(warned, second, sentSeconds - 1), second, word);
    looks.push({ at: (atMs - harmedFromMs) / 1_000, warning: warned.warning, word });
  }
  return looks;
};

const phases = (everyMs: number): readonly number[] =>
  Array.from({ length: everyMs / 100 }, (_each, at) => at * 100);

/** Of every luck; seconds, Infinity where it is never said. */
const slowest = (harm: Network) => {
  const all = phases(1_000).flatMap((look) =>
    phases(reportMs).map((report) => lookedAt(harm, look, report)),
  );
  const last = (isSaid: (look: Look) => boolean): number =>
    Math.max(...all.map((looks) => looks.find(isSaid)?.at ?? Infinity));
  const worse = (word: LineWord) => (look: Look) =>
    lineWords.indexOf(look.word ?? 'good') >= lineWords.indexOf(word);
  const first = all.map((looks) => looks.find(({ warning }) => warning !== null)?.warning);
  return {
    warned: last(({ warning }) => warning !== null),
    warnings: new Set(first),
    fair: last(worse('fair')),
    bad: last(worse('bad')),
    tooEarly: all.flat().filter(({ at, warning }) => at < 0 && warning !== null).length,
  };
};

test.each<[string, Network, LineWarning, 'fair' | 'bad']>([
  ['2 % lost', { losesEvery: 50 }, 'loss', 'fair'],
  ['6 % lost', { losesEvery: 16 }, 'loss', 'bad'],
  ['10 % lost', { losesEvery: 10 }, 'loss', 'bad'],
  ['nothing comes', { losesEvery: 1 }, 'nothing_heard', 'bad'],
  ['2 % of what is sent lost', { sendLosesEvery: 50 }, 'sent_loss', 'fair'],
  ['6 % of what is sent lost', { sendLosesEvery: 16 }, 'sent_loss', 'fair'],
  ['10 % of what is sent lost', { sendLosesEvery: 10 }, 'sent_loss', 'bad'],
  ['nothing that is sent arrives', { sendLosesEvery: 1 }, 'sent_loss', 'bad'],
  ['jitter of 35 ms', { jitterMs: 35 }, 'jitter', 'fair'],
  ['jitter of 100 ms', { jitterMs: 100 }, 'jitter', 'fair'],
  ['a round trip of 450 ms', { roundTripMs: 450 }, 'delay', 'fair'],
  ['a round trip of 900 ms', { roundTripMs: 900 }, 'delay', 'bad'],
])(
  '%s: the desk says so within five seconds, by sentence and by word',
  (_name, harm, which, word) => {
    const said = slowest(harm);
    expect(said.tooEarly).toBe(0);
    expect([...said.warnings]).toEqual([which]);
    expect(said.warned).toBeLessThanOrEqual(withinSeconds);
    expect(said[word]).toBeLessThanOrEqual(withinSeconds);
  },
);

test('a network that harms nobody is never called anything', () => {
  const said = slowest({ losesEvery: 200, sendLosesEvery: 200, jitterMs: 20, roundTripMs: 200 });
  expect([...said.warnings]).toEqual([undefined]);
});
