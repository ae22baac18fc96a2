import type { TopicFigure } from './figure-lines.ts';
import type { Topic } from './measure-options.ts';

/** What is promised of reliability, by number; each is shown by figures of these topics. */
export const reliabilityPromises = [
  [1, 'outage up to 5 s: call kept, audio back within 0.5 s', 'network'],
  [2, 'outage 6 to 30 s: call kept, audio within 2 s; given up honestly', 'network'],
  [3, 'address change: audio gap 3 s p50, 8 s p95', 'network'],
  [4, 'dead WebSocket: noticed in 15 s, back in 20 s; 3 s after resume', 'network'],
  [5, 'PBX restart with 200 phones: 15 % in any second, all in 30 s', 'signalling'],
  [6, 'hang-up while offline: BYE within 2 s of reconnecting', 'network'],
  [7, 'hold glare: 0 calls lost in 1,000', 'signalling'],
  [8, 'audio: MOS 4.0 clean, 3.5 moderate, 2.5 bad; a warning in 5 s', 'network'],
  [9, 'UI crash: call untouched, window back within 2 s', 'network'],
  [10, 'engine crash: far leg settled in 10 s, agent told, no event lost', 'network'],
  [11, 'journal: 0 lost in power cuts and kills; append p99 25 ms', 'ledger'],
  [12, 'backend: each effect exactly once, whatever dies', 'ledger'],
  [13, 'time: segments right within 1 s whatever the clock does', 'ledger'],
  [14, 'memory: 2 MB per 1,000 calls; a shift without growth', 'call, network'],
] as const satisfies readonly (readonly [number, string, Topic | `${Topic}, ${Topic}`])[];

export type PromiseKept = {
  readonly number: number;
  readonly what: string;
  /** Of which topic. */
  readonly topic: string;
  /** null: nothing of it was measured. */
  readonly kept: boolean | null;
  /** Figures that show it, and those of them that break it. */
  readonly figures: number;
  readonly broken: number;
};

/** What these figures show of each promise. */
export const promisesKept = (figures: readonly TopicFigure[]): readonly PromiseKept[] =>
  reliabilityPromises.map(([number, what, topic]) => {
    const shown = figures.filter((figure) => figure.of === number);
    const broken = shown.filter(({ ok }) => !ok).length;
    return {
      ...{ number, what, topic, figures: shown.length, broken },
      kept: shown.length === 0 ? null : broken === 0,
    };
  });
