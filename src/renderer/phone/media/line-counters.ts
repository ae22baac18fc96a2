import {
  candidateKinds,
  networkKinds,
  type LinePath,
} from '../../../shared/domain/line-quality/desk-sound.ts';
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
    // When the report came (W3C webrtc-stats, RTCRemoteInboundRtpStreamStats).
    sentLossAt: numberIn(far, 'timestamp'),
  };
};

/** Since the call began, seconds: what the speaker was given, and what of it was made up for want of sound in time. */
type PlayoutCounters = { readonly played: number; readonly madeUp: number };

/** null: this browser does not tell. */
const playoutIn = ({ received }: LineReports): PlayoutCounters | null => {
  const playout = entryIn(received, 'media-playout');
  const played = numberIn(playout, 'totalSamplesDuration');
  const madeUp = numberIn(playout, 'synthesizedSamplesDuration');
  return played === null || madeUp === null ? null : { played, madeUp };
};

const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | null =>
  words.find((word) => word === value) ?? null;

/** By which way the media goes now; null: it goes by none yet. */
const pathIn = ({ sent, received }: LineReports): LinePath | null => {
  const report = entryIn(received, 'candidate-pair') === undefined ? sent : received;
  const pair = entryIn(report, 'candidate-pair');
  const side = (name: string): Entry | undefined => {
    const id = pair?.[name];
    // The report is a map of dictionaries (W3C webrtc, RTCStatsReport).
    return typeof id === 'string' ? (report?.get(id) as Entry | undefined) : undefined;
  };
  const mine = side('localCandidateId');
  const local = oneOf(candidateKinds, mine?.['candidateType']);
  const remote = oneOf(candidateKinds, side('remoteCandidateId')?.['candidateType']);
  if (local === null || remote === null) return null;
  return { local, remote, network: oneOf(networkKinds, mine?.['networkType']) };
};

/**
 * The squares of what was taken in so far, summed over its seconds (W3C webrtc-stats `totalAudioEnergy`); null: nothing
 * was.
 */
export const energyIn = ({ sent }: LineReports): number | null =>
  numberIn(entryIn(sent, 'media-source'), 'totalAudioEnergy');

/** What the same reports tell of this desk. */
export type DeskCounters = {
  readonly playout: PlayoutCounters | null;
  readonly path: LinePath | null;
};

export const deskCountersIn = (reports: LineReports): DeskCounters => ({
  playout: playoutIn(reports),
  path: pathIn(reports),
});
