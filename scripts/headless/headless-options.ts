import type { Screen } from '../display/screen.ts';
import type { Electron } from '../platform/electron.ts';
import type { RunningServices } from '../services/start-services.ts';

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
