import type { LineSummaryView, VerdictWeeks } from '../../../shared/api/line-quality.ts';
import { uuid } from './people.ts';

/** How calls were heard: a leg that went badly, and the weeks of a small team. */

export const badLine = (at: number): LineSummaryView => ({
  ...{ seconds: 171, fairSeconds: 14, badSeconds: 22, mosMean: 3.4, mosLowest: 1.9 },
  ...{ roundTripMs: 61, jitterMs: 18.2, lossPercent: 4.1, concealedPercent: 4.6 },
  sentLossPercent: 2.2,
  desk: {
    ...{ seconds: 171, lateSeconds: 2, latestMs: 410, glitchedPercent: 0 },
    ...{ microphoneDbfs: -24.2, spokenSeconds: 70, heardDbfs: -21.6, heardSeconds: 92 },
    path: { local: 'srflx', remote: 'host', network: 'wifi' },
  },
  notes: {
    devicesLost: [
      {
        ...{ at: at + 60_000, device: 'microphone', name: 'Jabra Engage 65' },
        ...{ replacedBy: 'Built-in microphone', gapMs: 280 },
      },
    ],
    loud: [{ at: at + 92_000, peakDbfs: -1.4, byKey: true }],
    seconds: { silent: 0, system_muted: 0, muted_talking: 6, clipped: 0, low: 0 },
  },
  judged: {
    ...{ verdict: 'home_network', reason: 'this_desk' },
    ...{ otherDesks: { count: 5, bad: 0 }, otherCustomers: { count: 9, bad: 1 } },
    proofs: [
      {
        ...{ what: 'media_path', when: 'after', ageMs: 4_000, cause: null },
        path: {
          ...{ roundTripMs: 58.4, jitterMs: 11.2, lossPercent: 6.3, sentLossPercent: null },
          ...{ packetsSent: 38, packetsReceived: 30 },
        },
      },
    ],
    agentLeg: {
      ...{ received: 8_190, lost: 188, jitterMs: 14, sent: 8_550, sentLost: 350, roundTripMs: 60 },
    },
    customerLeg: {
      ...{ received: 8_560, lost: 3, jitterMs: 2, sent: 8_540, sentLost: 0, roundTripMs: 22 },
    },
  },
});

const weekMs = 604_800_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const weeksOf = (now: number, names: readonly string[]): VerdictWeeks => {
  // 1970-01-05 was a Monday.
  const monday = Math.floor((now - 345_600_000) / weekMs) * weekMs + 345_600_000;
  return {
    zone: 'UTC',
    lines: names.flatMap((name, agent) =>
      [7, 6, 5, 4, 3, 2, 1, 0].map((ago) => ({
        ...{ agentId: uuid(700 + agent), name, week: dayOf(monday - ago * weekMs) },
        verdicts: {
          none: 120 - 9 * agent + ((ago * 5) % 11),
          home_network: agent === 1 ? 9 - ago : ago % 2,
          company: ago === 4 ? 6 + agent : 0,
          microphone: agent === 2 ? 2 + (ago % 3) : 0,
          customer: (ago + agent) % 3,
          unknown: 1 + ((ago + agent) % 2),
        },
      })),
    ),
  };
};

export const lineHandlersOf = (now: () => number) => ({
  'line.mine': () => ({ ok: true as const, value: weeksOf(now(), ['Ana Ferreira']) }),
  'line.team': () => ({
    ok: true as const,
    value: weeksOf(now(), ['Ana Ferreira', 'Tom Okafor', 'Vera Lund']),
  }),
  'line.export': () => ({ ok: true as const, value: '/home/ana/ringside-line.json' }),
});
