import { expect, test } from 'vitest';
import { addUp, type StageResult } from './stages.ts';

const stage = (result: Partial<StageResult>): StageResult => ({
  title: 'a stage',
  outcome: 'passed',
  elapsedMs: 1,
  output: '',
  ...result,
});

test('the counts of all runners are added up', () => {
  const results = [
    stage({}),
    stage({ counts: { passed: 3, failed: 0, skipped: 1 } }),
    stage({ outcome: 'failed', counts: { passed: 2, failed: 2, skipped: 0 } }),
  ];
  expect(addUp(results)).toEqual({ passed: 5, failed: 2, skipped: 1 });
});

test('a stage that failed without a failed test is a failure all the same', () => {
  const results = [
    stage({ outcome: 'failed' }),
    stage({ outcome: 'failed', counts: { passed: 4, failed: 0, skipped: 0 } }),
  ];
  expect(addUp(results)).toEqual({ passed: 4, failed: 2, skipped: 0 });
});

test('a stage that did not run is seen in the sum', () => {
  expect(addUp([stage({ outcome: 'skipped' })])).toEqual({ passed: 0, failed: 0, skipped: 1 });
});
