import type { PathFigures } from '../../../shared/domain/readiness/path.ts';
import { lineCountersIn } from '../media/line-counters.ts';

export type PathCounts = Omit<PathFigures, 'setupMs'>;

type Entry = Readonly<Record<string, unknown>>;

const sentIn = (report: RTCStatsReport | undefined): number => {
  for (const entry of (report?.values() ?? []) as Iterable<Entry>) {
    const count = entry['packetsSent'];
    if (entry['type'] === 'outbound-rtp' && typeof count === 'number') return count;
  }
  return 0;
};

/** What was counted so far; null: nothing came back yet. */
export const countPath = async (peer: RTCPeerConnection): Promise<PathCounts | null> => {
  const [sent, received] = await Promise.all([
    peer
      .getSenders()
      .find(({ track }) => track?.kind === 'audio')
      ?.getStats(),
    peer.getReceivers()[0]?.getStats(),
  ]);
  const counters = lineCountersIn({ sent, received });
  if (counters === null || counters.packetsReceived === 0) return null;
  const { packetsReceived, packetsLost, jitterMs, roundTripMs, sentLoss } = counters;
  const lost = Math.max(0, packetsLost);
  return {
    ...{ packetsReceived, packetsSent: sentIn(sent), jitterMs, roundTripMs },
    lossPercent: (100 * lost) / (lost + packetsReceived),
    sentLossPercent: sentLoss === null ? null : Math.min(100, Math.max(0, 100 * sentLoss)),
  };
};
