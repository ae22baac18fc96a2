import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { afterSecondRun, readPlaywrightReport, readVitestReport } from './runner-report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (report: unknown): string => {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
};

test('of vitest: what failed, what passed only when run again, and a file that could not be loaded', () => {
  const path = written({
    numPassedTests: 2,
    numFailedTests: 1,
    numPendingTests: 0,
    numTodoTests: 1,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'well', status: 'passed', failureMessages: [] },
          {
            fullName: 'shaky',
            status: 'passed',
            failureMessages: ['\u001b[31mtoo late\u001b[0m\n at x'],
          },
          {
            fullName: 'of a call broken',
            ancestorTitles: ['of a call'],
            title: 'broken',
            status: 'failed',
            failureMessages: ['\n1 is not 2'],
          },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      {
        name: 'c.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [{ title: 'waits', status: 'skipped', failureMessages: [] }],
      },
    ],
  });
  expect(readVitestReport(path)).toEqual({
    counts: { passed: 2, failed: 1, skipped: 1 },
    failed: [
      { test: 'b.test.ts', why: 'no such module' },
      { test: 'c.test.ts', why: 'failed outside of its tests' },
      { test: 'of a call broken', why: '1 is not 2' },
    ],
    unsteady: [{ test: 'shaky', why: 'too late' }],
    again: [
      { file: 'a.test.ts', tests: ['of a call > broken'] },
      { file: 'b.test.ts', tests: [] },
      { file: 'c.test.ts', tests: ['waits'] },
    ],
  });
});

test('what passes at a second run is named as unsteady, what fails again has failed', () => {
  const first = {
    counts: { passed: 5, failed: 2, skipped: 4 },
    failed: [
      { test: 'late', why: 'not within 8000 ms' },
      { test: 'broken', why: '1 is not 2' },
      { test: 'c.test.ts', why: 'failed outside of its tests' },
    ],
    unsteady: [],
  };
  const seconds = [
    {
      counts: { passed: 1, failed: 1, skipped: 8 },
      failed: [{ test: 'broken', why: '1 is not 3' }],
      unsteady: [],
    },
    // A hook had kept three tests from running.
    { counts: { passed: 3, failed: 0, skipped: 0 }, failed: [], unsteady: [] },
  ];
  expect(afterSecondRun(first, seconds)).toEqual({
    counts: { passed: 9, failed: 1, skipped: 1 },
    failed: [{ test: 'broken', why: '1 is not 3' }],
    unsteady: [
      { test: 'late', why: 'not within 8000 ms' },
      { test: 'c.test.ts', why: 'failed outside of its tests' },
    ],
  });
});

test('of Playwright: the same, however deep the suites', () => {
  const spec = (title: string, status: string, messages: readonly string[]) => ({
    title,
    file: 'call.test.ts',
    tests: [{ status, results: messages.map((message) => ({ error: { message } })) }],
  });
  const path = written({
    stats: { expected: 1, flaky: 1, unexpected: 1, skipped: 2 },
    suites: [
      { suites: [{ specs: [spec('shaky', 'flaky', ['not seen'])] }], specs: [] },
      {
        specs: [spec('well', 'expected', []), spec('broken', 'unexpected', ['gone', 'gone again'])],
      },
    ],
  });
  expect(readPlaywrightReport(path)).toEqual({
    counts: { passed: 2, failed: 1, skipped: 2 },
    failed: [{ test: 'call.test.ts › broken', why: 'gone' }],
    unsteady: [{ test: 'call.test.ts › shaky', why: 'not seen' }],
  });
});

test('a runner that left nothing has no report', () => {
  expect(readVitestReport(join(folder, 'none.json'))).toBeUndefined();
  expect(readPlaywrightReport(join(folder, 'none.json'))).toBeUndefined();
  expect(readPlaywrightReport(written({}))).toBeUndefined();
});
