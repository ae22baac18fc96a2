import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDirectory } from './paths.ts';
import { runProgram } from './run-program.ts';
import type { Stage } from './stages.ts';

/** Rules that know types hold the types of the whole program: more than Node's usual 4 GB. */
const heap = '--max-old-space-size=8192';

/** A tool from node_modules, run by the pinned Node. */
const toolFor =
  (givesWay: boolean) =>
  (title: string, script: string, ...args: readonly string[]): Stage => ({
    title,
    run: async () => {
      const { code, output } = await runProgram(
        process.execPath,
        [heap, join(repositoryDirectory, 'node_modules', script), ...args],
        {
          cwd: repositoryDirectory,
          env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
          givesWay,
        },
      );
      return { outcome: code === 0 ? 'passed' : 'failed', output };
    },
  });

/** Everything that can be said of the code without running it. The slow ones come first. */
export const checkStages = ({ givesWay = false } = {}): readonly Stage[] => {
  const tool = toolFor(givesWay);
  mkdirSync(join(repositoryDirectory, '.cache'), { recursive: true });
  return [
    tool('lint', 'eslint/bin/eslint.js', '.'),
    tool('types', 'typescript/bin/tsc', '-b'),
    tool(
      'layers and cycles',
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'scripts',
      'tests',
    ),
    tool('dead code', 'knip/bin/knip.js', '--no-progress'),
    tool('format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  ];
};
