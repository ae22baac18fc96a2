import { readFileSync } from 'node:fs';
import type { Counts } from './stages.ts';

const readReport = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // the runner ended before it wrote one
  }
};

const numberAt = (value: unknown, key: string): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'number' ? found : 0;
};

/** Counts of vitest's JSON report. */
export const readVitestCounts = (path: string): Counts | undefined => {
  const report = readReport(path);
  if (report === undefined) return undefined;
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed: numberAt(report, 'numFailedTests'),
    skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
  };
};

/** Counts of Playwright's JSON report. */
export const readPlaywrightCounts = (path: string): Counts | undefined => {
  const report = readReport(path);
  if (typeof report !== 'object' || report === null || !('stats' in report)) return undefined;
  const { stats } = report;
  return {
    passed: numberAt(stats, 'expected') + numberAt(stats, 'flaky'),
    failed: numberAt(stats, 'unexpected'),
    skipped: numberAt(stats, 'skipped'),
  };
};
