import { readFileSync } from 'node:fs';

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** A test that did not pass at its first attempt, and the first words of why. */
export type Trouble = { readonly test: string; readonly why: string };

/** What a test runner left behind. */
export type RunnerReport = {
  readonly counts: Counts;
  readonly failed: readonly Trouble[];
  /** Failed once and passed when they were run again: a fault of the test or of the product that shows only now and then. */
  readonly unsteady: readonly Trouble[];
  /** Of vitest: what is to be run again, by file, as its name pattern has it; no names: all of the file. */
  readonly again?: readonly { readonly file: string; readonly tests: readonly string[] }[];
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // the runner ended before it wrote one
  }
};

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const numberAt = (value: unknown, key: string): number => {
  const found = at(value, key);
  return typeof found === 'number' ? found : 0;
};

const textAt = (value: unknown, key: string): string => {
  const found = at(value, key);
  return typeof found === 'string' ? found : '';
};

const listAt = (value: unknown, key: string): readonly unknown[] => {
  const found = at(value, key);
  return Array.isArray(found) ? found : [];
};

const colours = /\u001b\[[0-9;]*m/gu;

const firstWords = (text: string): string => {
  const lines = text.replace(colours, '').split('\n');
  return (lines.find((line) => line.trim() !== '') ?? '').trim().slice(0, 300);
};

/** Of vitest's JSON report. */
export const readVitestReport = (path: string): RunnerReport | undefined => {
  const report = readJson(path);
  if (report === undefined) return undefined;
  const troubles = (status: string): Trouble[] =>
    listAt(report, 'testResults').flatMap((file) =>
      listAt(file, 'assertionResults')
        .filter((test) => textAt(test, 'status') === status)
        .flatMap((test) => {
          const [message] = listAt(test, 'failureMessages');
          return typeof message === 'string'
            ? [{ test: textAt(test, 'fullName').trim(), why: firstWords(message) }]
            : [];
        }),
    );
  const failedFiles = listAt(report, 'testResults').filter(
    (file) => textAt(file, 'status') === 'failed',
  );
  // A file that could not even be loaded has no tests; one whose hook failed has tests that did not run.
  const broken = failedFiles
    .filter((file) =>
      listAt(file, 'assertionResults').every((test) => textAt(test, 'status') !== 'failed'),
    )
    .map((file) => ({
      test: textAt(file, 'name'),
      why: firstWords(textAt(file, 'message')) || 'failed outside of its tests',
    }));
  return {
    counts: {
      passed: numberAt(report, 'numPassedTests'),
      failed: numberAt(report, 'numFailedTests'),
      skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
    },
    failed: [...broken, ...troubles('failed')],
    unsteady: troubles('passed'),
    again: failedFiles.map((file) => ({
      file: textAt(file, 'name'),
      tests: listAt(file, 'assertionResults')
        .filter((test) => textAt(test, 'status') !== 'passed')
        .map((test) => [...listAt(test, 'ancestorTitles'), textAt(test, 'title')].join(' > ')),
    })),
  };
};

/** What a runner told, corrected by what its failed tests did when each of their files was run once more. */
export const afterSecondRun = (
  first: RunnerReport,
  seconds: readonly RunnerReport[],
): RunnerReport => {
  const sum = (one: 'passed' | 'failed') =>
    seconds.reduce((total, { counts }) => total + counts[one], 0);
  const failed = seconds.flatMap((second) => second.failed);
  // Those that a failed hook had kept from running.
  const ranAtLast = Math.max(0, sum('passed') + sum('failed') - first.counts.failed);
  return {
    counts: {
      passed: first.counts.passed + sum('passed'),
      failed: sum('failed'),
      skipped: Math.max(0, first.counts.skipped - ranAtLast),
    },
    failed,
    unsteady: [
      ...first.unsteady,
      ...first.failed.filter(({ test }) => failed.every((again) => again.test !== test)),
    ],
  };
};

type PlaywrightTest = { readonly title: string; readonly status: string; readonly why: string };

const playwrightTests = (suite: unknown): readonly PlaywrightTest[] => [
  ...listAt(suite, 'suites').flatMap(playwrightTests),
  ...listAt(suite, 'specs').flatMap((spec) =>
    listAt(spec, 'tests').map((test) => {
      const [message] = listAt(test, 'results')
        .map((result) => textAt(at(result, 'error'), 'message'))
        .filter((text) => text !== '');
      return {
        title: `${textAt(spec, 'file')} › ${textAt(spec, 'title')}`,
        status: textAt(test, 'status'),
        why: firstWords(message ?? ''),
      };
    }),
  ),
];

/** Of Playwright's JSON report. */
export const readPlaywrightReport = (path: string): RunnerReport | undefined => {
  const report = readJson(path);
  const stats = at(report, 'stats');
  if (stats === undefined) return undefined;
  const tests = playwrightTests(report);
  const troubles = (status: string): Trouble[] =>
    tests.filter((test) => test.status === status).map(({ title, why }) => ({ test: title, why }));
  return {
    counts: {
      passed: numberAt(stats, 'expected') + numberAt(stats, 'flaky'),
      failed: numberAt(stats, 'unexpected'),
      skipped: numberAt(stats, 'skipped'),
    },
    failed: troubles('unexpected'),
    unsteady: troubles('flaky'),
  };
};
