import { defineConfig } from 'playwright/test';

const jsonReport = process.env['RINGSIDE_E2E_JSON'];

export default defineConfig({
  // The screens by themselves, and the whole product: the two may run at different times.
  projects: [
    { name: 'ui', testDir: 'tests/e2e/ui', outputDir: 'test-results/ui' },
    {
      name: 'app',
      testDir: 'tests/e2e',
      testIgnore: 'ui/**',
      outputDir: 'test-results/app',
    },
  ],
  workers: 1,
  // Real programs and sound on a busy machine. What passes only at the second attempt is named at the end of the run.
  retries: process.env['CI'] === 'true' ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] === 'true',
  reporter: jsonReport ? [['list'], ['json', { outputFile: jsonReport }]] : [['list']],
  use: { trace: 'retain-on-failure' },
});
