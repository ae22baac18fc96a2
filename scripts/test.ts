import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasScreen, startVirtualScreen } from './display/screen.ts';
import { buildApp } from './platform/build-app.ts';
import { checkStages } from './platform/check-stages.ts';
import { repositoryDirectory } from './platform/paths.ts';
import { readPlaywrightCounts, readVitestCounts } from './platform/runner-counts.ts';
import {
  addUp,
  type Counts,
  printStages,
  runStages,
  type Stage,
  type StageResult,
} from './platform/stages.ts';
import { bold, runMain, say, yellow } from './platform/terminal.ts';
import {
  describeMissingNeeds,
  isCi,
  type MissingNeed,
  prepareTestNeeds,
} from './platform/test-needs.ts';

const reportsDir = join(repositoryDirectory, '.cache/test');

/** Runs a test runner with its own words on the screen. */
const runVisibly = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: repositoryDirectory,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

const testStage = (
  title: string,
  args: readonly string[],
  options: {
    readonly report: string;
    readonly readCounts: (path: string) => Counts | undefined;
    readonly env?: Readonly<Record<string, string>>;
  },
): Stage => ({
  title,
  run: async () => {
    say(`\n${bold(title)}`);
    const report = join(reportsDir, options.report);
    rmSync(report, { force: true });
    const code = await runVisibly(args, options.env ?? {});
    const counts = options.readCounts(report);
    const hasFailed = code !== 0 || !counts || counts.failed > 0;
    return {
      outcome: hasFailed ? 'failed' : 'passed',
      ...(counts ? { counts } : {}),
      output: counts ? '' : `${title}: the runner left no report (exit code ${code}).`,
    };
  },
});

const vitestStage = (
  title: string,
  project: string,
  env: Readonly<Record<string, string>>,
): Stage => {
  const report = `${project}.json`;
  return testStage(
    title,
    [
      join(repositoryDirectory, 'node_modules/vitest/vitest.mjs'),
      'run',
      `--project=${project}`,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reportsDir, report)}`,
    ],
    { report, readCounts: readVitestCounts, env },
  );
};

const hasEndToEndTests = (): boolean => {
  const folder = join(repositoryDirectory, 'tests/e2e');
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((name) =>
      /\.(?:spec|test)\.ts$/.test(String(name)),
    )
  );
};

const endToEndStage = (env: Readonly<Record<string, string>>): Stage => {
  const title = 'end-to-end tests';
  if (!hasEndToEndTests()) {
    return {
      title,
      run: () => Promise.resolve({ outcome: 'skipped', output: 'There are none yet.' }),
    };
  }
  return testStage(title, [join(repositoryDirectory, 'node_modules/playwright/cli.js'), 'test'], {
    report: 'e2e.json',
    readCounts: readPlaywrightCounts,
    env: { ...env, RINGSIDE_E2E_JSON: join(reportsDir, 'e2e.json') },
  });
};

const skipLoudly = (missing: readonly MissingNeed[]): void => {
  say();
  for (const { need, why } of missing) {
    say(yellow(`  ! ${need} could not be had, so the tests that need it DO NOT RUN:`));
    for (const line of why.split('\n')) say(`      ${line}`);
  }
};

const buildStage: Stage = {
  title: 'build',
  run: async () => {
    await buildApp();
    return { outcome: 'passed', output: '' };
  },
};

const runEverything = async (): Promise<readonly StageResult[]> => {
  const missing = await prepareTestNeeds();
  const isComplete = missing.length === 0;
  if (!isComplete) skipLoudly(missing);
  const atHand: Stage = {
    title: 'Electron and Asterisk',
    run: () =>
      Promise.resolve({
        // In CI a test that could not run is a test that failed.
        outcome: isComplete ? 'passed' : isCi() ? 'failed' : 'skipped',
        output: '',
      }),
  };
  const isMissing = (wanted: MissingNeed['need']) => missing.some(({ need }) => need === wanted);
  const needsScreen = !hasScreen() && !isMissing('virtual desk');
  const screen = needsScreen ? await startVirtualScreen(join(reportsDir, 'logs')) : undefined;
  // Tests that need what is missing skip themselves; in CI they fail.
  const env = { ...screen?.env, ...describeMissingNeeds(missing) };
  try {
    const unit = vitestStage('unit tests', 'unit', env);
    const backend = vitestStage('backend tests', 'backend', env);
    // The backend's tests wait more than they work; the checks give way to them.
    const [checked, tested] = await Promise.all([
      runStages(checkStages({ givesWay: true }), { atOnce: 1 }),
      runStages([atHand, unit, backend, buildStage], { atOnce: 1 }),
    ]);
    return [...checked, ...tested, ...(await runStages([endToEndStage(env)], { atOnce: 1 }))];
  } finally {
    await screen?.stop();
  }
};

await runMain(async () => {
  mkdirSync(reportsDir, { recursive: true });
  const results = await runEverything();
  printStages(results);
  const { passed, failed, skipped } = addUp(results);
  say();
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
});
