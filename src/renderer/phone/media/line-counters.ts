import type { LineCounters } from '../../../shared/domain/line-quality/line-quality.ts';

/** What the sender and the receiver of one call tell of themselves (W3C webrtc-stats). */
export type LineReports = {
  readonly sent: RTCStatsReport | undefined;
  readonly received: RTCStatsReport | undefined;
};

type Entry = Readonly<Record<string, unknown>>;

const entryIn = (report: RTCStatsReport | undefined, type: string): Entry | undefined => {
  for (const entry of (report?.values() ?? []) as Iterable<Entry>) {
    if (entry['type'] === type) return entry;
  }
  return undefined;
};

const numberIn = (entry: Entry | undefined, name: string): number | null => {
  const value = entry?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

const ms = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1_000);

/** The far side's reports have the round trip by RTCP; the path of ICE has it by STUN, and at once. */
const roundTripIn = ({ sent, received }: LineReports): number | null => {
  const far = numberIn(entryIn(sent, 'remote-inbound-rtp'), 'roundTripTime');
  const path = (report: RTCStatsReport | undefined) =>
    numberIn(entryIn(report, 'candidate-pair'), 'currentRoundTripTime');
  return ms(far ?? path(received) ?? path(sent));
};

/** null: nothing was received yet. */
export const lineCountersIn = (reports: LineReports): LineCounters | null => {
  const received = entryIn(reports.received, 'inbound-rtp');
  if (received === undefined) return null;
  const far = entryIn(reports.sent, 'remote-inbound-rtp');
  const count = (name: string): number => numberIn(received, name) ?? 0;
  return {
    packetsReceived: count('packetsReceived'),
    packetsLost: count('packetsLost'),
    samplesPlayed: count('totalSamplesReceived'),
    // What is made up while nobody speaks is heard by nobody.
    samplesConcealed: count('concealedSamples') - count('silentConcealedSamples'),
    bufferDelayMs: count('jitterBufferDelay') * 1_000,
    bufferEmitted: count('jitterBufferEmittedCount'),
    jitterMs: count('jitter') * 1_000,
    roundTripMs: roundTripIn(reports),
    sentLoss: numberIn(far, 'fractionLost'),
  };
};
