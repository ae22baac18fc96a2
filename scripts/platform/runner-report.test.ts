import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './runner-report.ts';

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
          { fullName: 'broken', status: 'failed', failureMessages: ['\n1 is not 2'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  });
  expect(readVitestReport(path)).toEqual({
    counts: { passed: 2, failed: 1, skipped: 1 },
    failed: [
      { test: 'b.test.ts', why: 'no such module' },
      { test: 'broken', why: '1 is not 2' },
    ],
    unsteady: [{ test: 'shaky', why: 'too late' }],
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
