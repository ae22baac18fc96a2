import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasScreen, startVirtualScreen } from './display/screen.ts';
import { ensureAsterisk } from './platform/asterisk.ts';
import { buildApp } from './platform/build-app.ts';
import { checkStages } from './platform/check-stages.ts';
import { ensureElectron } from './platform/electron.ts';
import { cacheDirectory, repositoryDirectory } from './platform/paths.ts';
import { messageOf, Problem } from './platform/problem.ts';
import { readPlaywrightCounts, readVitestCounts } from './platform/runner-counts.ts';
import {
  addUp,
  type Counts,
  printStages,
  runStages,
  type Stage,
  type StageResult,
} from './platform/stages.ts';
import { ensureSystemLibraries } from './platform/system-libraries.ts';
import { bold, runMain, say, step, yellow } from './platform/terminal.ts';

const reportsDir = join(repositoryDirectory, '.cache/test');

const isCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

/** The parts of the real world that tests need; those that could not be had, with the reason. */
type Missing = { readonly name: string; readonly why: string };

const prepare = async (): Promise<readonly Missing[]> => {
  const missing: Missing[] = [];
  const tryTo = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await step({ title: `${name} at hand`, work });
    } catch (error) {
      const advice = error instanceof Problem ? error.advice : [];
      missing.push({ name, why: [messageOf(error), ...advice].join('\n') });
    }
  };
  await tryTo('Electron', async () => {
    const electron = await ensureElectron(cacheDirectory());
    await ensureSystemLibraries(['app', 'display', 'sound'], electron.executable);
  });
  await tryTo('Asterisk', () => ensureAsterisk(cacheDirectory()));
  return missing;
};

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

const skipLoudly = (missing: readonly Missing[]): void => {
  say();
  for (const { name, why } of missing) {
    say(yellow(`  ! ${name} could not be had, so the tests that need it DO NOT RUN:`));
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
  const missing = await prepare();
  const isComplete = missing.length === 0;
  if (!isComplete) skipLoudly(missing);
  const atHand: Stage = {
    title: 'Electron and Asterisk',
    run: () =>
      Promise.resolve({
        // In CI a test that could not run is a test that failed.
        outcome: isComplete ? 'passed' : isCi ? 'failed' : 'skipped',
        output: '',
      }),
  };
  const needsScreen = !hasScreen() && !missing.some(({ name }) => name === 'Electron');
  const screen = needsScreen ? await startVirtualScreen(join(reportsDir, 'logs')) : undefined;
  const env = {
    ...screen?.env,
    // Tests that need one of these skip themselves when it is named here.
    RINGSIDE_TEST_WITHOUT: missing.map(({ name }) => name.toLowerCase()).join(','),
  };
  try {
    const results = [
      ...(await runStages(checkStages(), { atOnce: 2 })),
      ...(await runStages([atHand, vitestStage('unit tests', 'unit', env)], { atOnce: 1 })),
      ...(await runStages([vitestStage('backend tests', 'backend', env), buildStage], {
        atOnce: 1,
      })),
    ];
    const skipped: Stage = {
      title: 'end-to-end tests',
      run: () => Promise.resolve({ outcome: 'skipped', output: '' }),
    };
    const last = isComplete ? endToEndStage(env) : skipped;
    return [...results, ...(await runStages([last], { atOnce: 1 }))];
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
