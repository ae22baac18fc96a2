import type { Counts, RunnerReport, Trouble } from './runner-report.ts';
import { dim, green, red, say, yellow } from './terminal.ts';

export type StageResult = Partial<Pick<RunnerReport, 'failed' | 'unsteady' | 'again'>> & {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly elapsedMs: number;
  /** What the runner itself counted; undefined for a tool that counts nothing. */
  readonly counts?: Counts;
  /** Shown when the stage did not pass. */
  readonly output: string;
};

export type Stage = {
  readonly title: string;
  readonly run: () => Promise<Omit<StageResult, 'title' | 'elapsedMs'>>;
};

const marks = { passed: green('✓'), failed: red('✗'), skipped: yellow('-') } as const;

const runStage = async ({ title, run }: Stage): Promise<StageResult> => {
  const startedAt = performance.now();
  const result = await run().catch((error: unknown) => ({
    outcome: 'failed' as const,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  const elapsedMs = performance.now() - startedAt;
  if (result.outcome !== 'passed' && result.output) say(`\n${result.output.trim()}\n`);
  return { title, elapsedMs, ...result };
};

/** Runs all stages, some side by side, whatever becomes of the others. Results are in the order of the stages. */
export const runStages = async (
  stages: readonly Stage[],
  { atOnce }: { readonly atOnce: number },
): Promise<readonly StageResult[]> => {
  const results: StageResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < stages.length; at = next++) {
      const stage = stages[at];
      if (stage) results[at] = await runStage(stage);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
};

const describeCounts = ({ passed, failed, skipped }: Counts): string =>
  [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');

const printList = (title: string, troubles: readonly Trouble[]): void => {
  if (troubles.length === 0) return;
  say(`\n  ${title}`);
  for (const { test, why } of troubles) say(`    ${test}\n      ${dim(why)}`);
};

/** Names what went wrong, so that the end of a long log tells it. */
export const printTroubles = (results: readonly StageResult[]): void => {
  for (const { title, failed = [], unsteady = [] } of results) {
    printList(red(`${title}: failed`), failed);
    printList(yellow(`${title}: FAILED ONCE, passed when run again`), unsteady);
  }
};

export const printStages = (results: readonly StageResult[]): void => {
  say();
  for (const { title, outcome, elapsedMs, counts } of results) {
    const seconds = `${(elapsedMs / 1000).toFixed(1)} s`;
    const detail = counts ? describeCounts(counts) : outcome === 'passed' ? '' : outcome;
    say(`  ${marks[outcome]} ${title.padEnd(24)} ${seconds.padStart(8)}   ${dim(detail)}`);
  }
};

/** What all runners counted. A stage that failed without a count of its own counts as one failure. */
export const addUp = (results: readonly StageResult[]): Counts => {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const { outcome, counts } of results) {
    passed += counts?.passed ?? 0;
    skipped += counts?.skipped ?? 0;
    failed += counts?.failed ?? 0;
    if (outcome === 'failed' && (counts?.failed ?? 0) === 0) failed += 1;
    if (outcome === 'skipped' && (counts?.skipped ?? 0) === 0) skipped += 1;
  }
  return { passed, failed, skipped };
};
