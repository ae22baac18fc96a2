import type { VerdictWeeks } from '../../../../shared/api/line-quality.ts';
import { verdicts, type Verdict } from '../../../../shared/domain/line-quality/verdict.ts';

export type VerdictCounts = Readonly<Record<Verdict, number>>;
export type VerdictGroup = {
  readonly key: string;
  readonly name: string;
  readonly counts: VerdictCounts;
  readonly calls: number;
};

const countsOf = (of: (verdict: Verdict) => number): VerdictCounts => ({
  none: of('none'),
  microphone: of('microphone'),
  computer: of('computer'),
  home_network: of('home_network'),
  company: of('company'),
  carrier: of('carrier'),
  customer: of('customer'),
  unknown: of('unknown'),
});

/** The lines added up under a key, in the order in which the keys come. */
export const groupedBy = (
  lines: VerdictWeeks['lines'],
  keyOf: (line: VerdictWeeks['lines'][number]) => readonly [key: string, name: string],
): readonly VerdictGroup[] => {
  const groups = new Map<string, VerdictGroup>();
  for (const line of lines) {
    const [key, name] = keyOf(line);
    const before = groups.get(key)?.counts;
    const counts = countsOf((each) => (before?.[each] ?? 0) + (line.verdicts[each] ?? 0));
    const calls = verdicts.reduce((sum, each) => sum + counts[each], 0);
    groups.set(key, { key, name, counts, calls });
  }
  return [...groups.values()];
};

/** Calls in which something was bad. */
export const badOf = ({ calls, counts }: VerdictGroup): number => calls - counts.none;
