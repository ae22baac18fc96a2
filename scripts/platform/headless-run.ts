import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Screen } from '../display/screen.ts';
import type { RunningServices } from '../services/start-services.ts';
import type { Electron } from './electron.ts';
import { repositoryDirectory } from './paths.ts';
import { Problem } from './problem.ts';

export type HeadlessOptions = {
  readonly services: RunningServices;
  readonly electron: Electron;
  /** Its `env` is what the app must be started with; its `sound` speaks and listens. */
  readonly screen: Screen;
  /** Receives report.json and screens/. */
  readonly outDir: string;
};

/** Resolves to the exit code: 0 only when every step was verified. */
export type RunHeadless = (options: HeadlessOptions) => Promise<number>;

type HeadlessModule = { readonly runHeadless: RunHeadless };

const isHeadlessModule = (value: unknown): value is HeadlessModule =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'runHeadless') === 'function';

/** Runs one complete call without a display. */
export const runHeadless: RunHeadless = async (options) => {
  const path = join(repositoryDirectory, 'scripts/headless/run.ts');
  const module: unknown = existsSync(path) ? await import(pathToFileURL(path).href) : undefined;
  if (isHeadlessModule(module)) return module.runHeadless(options);
  throw new Problem('The run without a display is not there yet (scripts/headless/run.ts).');
};
