import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasScreen, startVirtualScreen } from './display/screen.ts';
import { type Display, startDisplay } from './display/xvfb.ts';
import { buildApp } from './platform/build-app.ts';
import { checkStages } from './platform/check-stages.ts';
import { repositoryDirectory } from './platform/paths.ts';
import {
  afterSecondRun,
  readPlaywrightReport,
  readVitestReport,
  type RunnerReport,
} from './platform/runner-report.ts';
import {
  addUp,
  printStages,
  printTroubles,
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
    readonly read: (path: string) => RunnerReport | undefined;
    readonly env?: Readonly<Record<string, string>>;
  },
): Stage => ({
  title,
  run: async () => {
    say(`\n${bold(title)}`);
    const report = join(reportsDir, options.report);
    rmSync(report, { force: true });
    const code = await runVisibly(args, options.env ?? {});
    const told = options.read(report);
    const hasFailed = code !== 0 || !told || told.counts.failed > 0;
    return {
      outcome: hasFailed ? 'failed' : 'passed',
      ...(told ?? {}),
      output: told ? '' : `${title}: the runner left no report (exit code ${code}).`,
    };
  },
});

const vitestArgs = (project: string, report: string): readonly string[] => [
  join(repositoryDirectory, 'node_modules/vitest/vitest.mjs'),
  'run',
  `--project=${project}`,
  '--passWithNoTests',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(reportsDir, report)}`,
];

type VitestStage = {
  readonly stage: Stage;
  /** Runs again what failed, when nothing else runs any more; the result as it was where nothing did. */
  readonly again: (first: StageResult) => Promise<StageResult>;
};

const vitestStage = (
  title: string,
  project: string,
  env: Readonly<Record<string, string>>,
): VitestStage => {
  const report = `${project}.json`;
  const repeat = async (
    file: string,
    tests: readonly string[],
  ): Promise<RunnerReport | undefined> => {
    const secondReport = `${project}-again.json`;
    const path = join(reportsDir, secondReport);
    rmSync(path, { force: true });
    const names = tests
      .map((name) => name.replace(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`))
      .join('|');
    const only = names === '' ? [] : ['--testNamePattern', `^(?:${names})$`];
    const code = await runVisibly([...vitestArgs(project, secondReport), file, ...only], env);
    const told = readVitestReport(path);
    return told && (code === 0 || told.failed.length > 0) ? told : undefined;
  };
  return {
    stage: testStage(title, vitestArgs(project, report), { report, read: readVitestReport, env }),
    again: async (first) => {
      const { counts, failed = [], unsteady = [], again = [] } = first;
      if (!counts || again.length === 0) return first;
      say(`\n${bold(`${title}, once more and alone`)}`);
      const startedAt = performance.now();
      const seconds: RunnerReport[] = [];
      for (const { file, tests } of again) {
        const second = await repeat(file, tests);
        if (!second) return first;
        seconds.push(second);
      }
      const settled = afterSecondRun({ counts, failed, unsteady }, seconds);
      return {
        ...first,
        ...settled,
        outcome: settled.failed.length > 0 ? 'failed' : 'passed',
        elapsedMs: first.elapsedMs + performance.now() - startedAt,
      };
    },
  };
};

const playwrightStage = (
  title: string,
  project: string,
  env: Readonly<Record<string, string>>,
): Stage => {
  const report = `${project}.json`;
  return testStage(
    title,
    [join(repositoryDirectory, 'node_modules/playwright/cli.js'), 'test', `--project=${project}`],
    {
      report,
      read: readPlaywrightReport,
      env: { ...env, RINGSIDE_E2E_JSON: join(reportsDir, report) },
    },
  );
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
  const logDir = join(reportsDir, 'logs');
  const screen = needsScreen ? await startVirtualScreen(logDir) : undefined;
  let second: Display | undefined;
  // Tests that need what is missing skip themselves; in CI they fail.
  const env = { ...screen?.env, ...describeMissingNeeds(missing) };
  try {
    // Two windows at once on one screen would take the keyboard from each other.
    second = screen && (await startDisplay({ logDir: join(logDir, 'second-screen') }));
    // The build leaves a file beside its configuration for a moment, which the checks would stumble over.
    const first = await runStages([atHand, buildStage], { atOnce: 1 });
    const unit = vitestStage('unit tests', 'unit', env);
    const backend = vitestStage('backend tests', 'backend', env);
    const telephony = vitestStage('phone and PBX tests', 'telephony', env);
    const screenTests = playwrightStage('screen tests', 'ui', env);
    const endToEnd = playwrightStage('end-to-end tests', 'app', {
      ...env,
      ...(second && { DISPLAY: second.display }),
    });
    const inTurn = (...stages: readonly Stage[]) => runStages(stages, { atOnce: 1 });
    // These wait more than they work, side by side and about as long; the checks give way to them.
    const results = await Promise.all([
      inTurn(...checkStages({ givesWay: true }), unit.stage),
      inTurn(backend.stage),
      inTurn(telephony.stage, ...(second ? [screenTests] : [])),
      inTurn(...(second ? [] : [screenTests]), endToEnd),
    ]);
    // Sound and time on a machine that did four things at once: what fails now as well has failed.
    const settled: StageResult[] = [];
    for (const result of results.flat()) {
      const run = [unit, backend, telephony].find(({ stage }) => stage.title === result.title);
      settled.push(run ? await run.again(result) : result);
    }
    return [...first, ...settled];
  } finally {
    await second?.stop();
    await screen?.stop();
  }
};

await runMain(async () => {
  mkdirSync(reportsDir, { recursive: true });
  const results = await runEverything();
  printTroubles(results);
  printStages(results);
  const { passed, failed, skipped } = addUp(results);
  say();
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
});
